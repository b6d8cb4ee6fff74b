/**
 * How far a rule can be trusted.
 *
 * - `documented`: a published AWS source says it.
 * - `inferred`: follows from published sources, though none says it.
 * - `assumed`: nobody publishes it; the emulator had to choose.
 */
export type Mark = 'documented' | 'inferred' | 'assumed';

/** A mark and what it leans on. Every rule, message and limit of the operation carries one. */
export interface Provenance {
  readonly mark: Mark;
  readonly source: string;
}

export const documented = (source: string): Provenance => ({ mark: 'documented', source });
export const inferred = (source: string): Provenance => ({ mark: 'inferred', source });
export const assumed = (source: string): Provenance => ({ mark: 'assumed', source });
