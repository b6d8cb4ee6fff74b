/**
 * Group commit. The steps of one turn of the event loop share one transaction, and so one sync of the disk.
 *
 * If the shared transaction fails, each step runs again in its own transaction. A step that fails because the
 * store is full then does not affect the other steps.
 */

export interface Transactions {
  begin(): void;
  commit(): void;
  rollback(): void;
  /** Converts a failure of the transaction to the error that the callers get. */
  explain(error: unknown): unknown;
}

interface Step {
  /** Runs the step. It is called a second time if the shared transaction failed. */
  readonly run: () => void;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export class GroupCommit {
  readonly #transactions: Transactions;
  #steps: Step[] = [];

  constructor(transactions: Transactions) {
    this.#transactions = transactions;
  }

  /**
   * Runs `step` inside the next transaction.
   *
   * @param step changes nothing but the database.
   * @returns the result of `step` once its changes are on disk. Rejects if the transaction fails; no change is then kept.
   */
  run<T>(step: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let result: T;
      this.#steps.push({
        run: () => {
          result = step();
        },
        done: () => resolve(result),
        failed: reject,
      });
      if (this.#steps.length === 1) setImmediate(() => this.#flush());
    });
  }

  #flush(): void {
    const steps = this.#steps;
    this.#steps = [];
    if (steps.length > 1 && this.#commit(steps) === null) for (const { done } of steps) done();
    else for (const step of steps) this.#settle(step);
  }

  #settle(step: Step): void {
    const failure = this.#commit([step]);
    if (failure === null) step.done();
    else step.failed(failure.error);
  }

  #commit(steps: readonly Step[]): { readonly error: unknown } | null {
    try {
      this.#transactions.begin();
      for (const { run } of steps) run();
      this.#transactions.commit();
      return null;
    } catch (error) {
      this.#transactions.rollback();
      return { error: this.#transactions.explain(error) };
    }
  }
}
