/**
 * Group commit: what is asked within one turn of the event loop shares one transaction, and its sync.
 *
 * If that fails, each is tried alone: one that there is no room for must not take along those that need none.
 */

export interface Transactions {
  begin(): void;
  commit(): void;
  rollback(): void;
  /** The error that those who asked are to see. */
  explain(error: unknown): unknown;
}

interface Step {
  /** May be called again where the first transaction failed. */
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
   * @returns what `step` did, once that is on disk; rejects if the transaction fails: nothing of it lasts then.
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
