/** Whose turn it is. */

/** Counts calls, and says of every `nth` one that its turn has come. */
export function everyNth(nth: number): () => boolean {
  let calls = 0;
  return () => {
    calls += 1;
    return calls % nth === 0;
  };
}
