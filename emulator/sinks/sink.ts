/** A sink takes lines of JSON to a file or a program outside of the endpoint. */

export interface Sink {
  /** Where it takes the lines to, for messages. */
  readonly target: string;
  /**
   * Takes lines of JSON without line feeds. Resolves once all of them are safe; rejects if any of them may not be.
   */
  put(lines: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
