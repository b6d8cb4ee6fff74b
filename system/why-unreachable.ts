/** Why a request got no answer, in a few words. */

/** @param error of `fetch`, whose own message says only that it failed. */
export function whyUnreachable(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return 'no answer in time';
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
