/**
 * How far a rule can be trusted.
 *
 * - `documented`: a published AWS source states it.
 * - `inferred`: it follows from published sources, but no source states it.
 * - `assumed`: no source publishes it, so the emulator had to choose.
 */
export type Mark = 'documented' | 'inferred' | 'assumed';

/** A mark and its source. Every rule, message and limit of an operation has one. */
export interface Provenance {
  readonly mark: Mark;
  readonly source: string;
}

export const documented = (source: string): Provenance => ({ mark: 'documented', source });
export const inferred = (source: string): Provenance => ({ mark: 'inferred', source });
export const assumed = (source: string): Provenance => ({ mark: 'assumed', source });
