/** What holds an iteration open, and what cuts it. */

/** Something that a VU has begun and that holds its iteration open: a request, a sleep, a timer. */
export interface OpenTask {
  cancel(reason: Interruption): void;
}

/** What a call of the script throws when its iteration is cut. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
}

/** Whose iteration tasks hold open: a VU. */
export interface TaskHolder {
  begin(task: OpenTask): void;
  end(task: OpenTask): void;
}
