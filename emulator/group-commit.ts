/** Group commit: what is asked within one turn of the event loop shares one transaction, and its sync. */

export interface Transactions {
  begin(): void;
  commit(): void;
  rollback(): void;
  /** The error that those who asked are to see. */
  explain(error: unknown): unknown;
}

interface Step {
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
    try {
      this.#transactions.begin();
      for (const { run } of steps) run();
      this.#transactions.commit();
    } catch (error) {
      this.#transactions.rollback();
      const explained = this.#transactions.explain(error);
      for (const { failed } of steps) failed(explained);
      return;
    }
    for (const { done } of steps) done();
  }
}
