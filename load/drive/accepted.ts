/** The dial requests that a feeder was told of, by clientToken and by id. */

/** A clientToken that was answered with one dial request, and later with another. */
export interface AnotherId {
  readonly kind: 'another id';
  readonly clientToken: string;
  readonly before: string;
  readonly after: string;
}

export class Accepted {
  /** Id of the dial request -> its clientToken. */
  readonly tokens = new Map<string, string>();
  /** clientToken -> the id of its dial request, as it was told last. */
  readonly ids = new Map<string, string>();

  /** @param told the successfulRequests of an answer. @returns those that contradict an earlier answer. */
  take(told: readonly { readonly clientToken: string; readonly id: string }[]): AnotherId[] {
    const contradictions: AnotherId[] = [];
    for (const { clientToken, id } of told) {
      const before = this.ids.get(clientToken);
      if (before !== undefined && before !== id) {
        contradictions.push({ kind: 'another id', clientToken, before, after: id });
      }
      this.ids.set(clientToken, id);
      this.tokens.set(id, clientToken);
    }
    return contradictions;
  }
}
