/** The open tasks of a VU. They keep its iteration open. When the iteration is cut, they are cut too. */

/** A task that keeps the iteration of a VU open: a request, a sleep, a timer. */
export interface OpenTask {
  /** Called when the iteration is cut. The task must not report its end after that. */
  cancel(): void;
}

/** The error with which an iteration that was cut ends. A script cannot prevent it. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
}

/** The owner of open tasks: a VU. */
export interface TaskHolder {
  begin(task: OpenTask): void;
  end(task: OpenTask): void;
}

/** Continues in a later turn of the event loop, so that a loop over calls that fail at once can be cut. */
export function later(holder: TaskHolder, then: () => void): void {
  const task = { cancel: () => clearImmediate(turn) };
  const turn = setImmediate(() => {
    holder.end(task);
    then();
  });
  holder.begin(task);
}

/** The result of a call in an iteration that was cut. Code that awaits it never continues. */
export function never(): Promise<never> {
  return new Promise(() => {});
}
