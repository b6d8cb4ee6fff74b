/** The open tasks of a VU. They hold its iteration open, and are cut with it. */

/** A task that a VU has begun and that holds its iteration open: a request, a sleep, a timer. */
export interface OpenTask {
  /** Called when the iteration is cut. The task must not report its end after that. */
  cancel(): void;
}

/** The end of an iteration that was cut. A script can do nothing about it. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
}

/** Whose iteration tasks hold open: a VU. */
export interface TaskHolder {
  begin(task: OpenTask): void;
  end(task: OpenTask): void;
}

/** Goes on in a later turn of the event loop, so that a loop over what fails at once can be cut. */
export function later(holder: TaskHolder, then: () => void): void {
  const task = { cancel: () => clearImmediate(turn) };
  const turn = setImmediate(() => {
    holder.end(task);
    then();
  });
  holder.begin(task);
}

/** What a call of a cut iteration gives: nothing that awaits it ever goes on. */
export function never(): Promise<never> {
  return new Promise(() => {});
}
