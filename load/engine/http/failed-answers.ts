/** Requests that were refused or got no answer, counted by what came back. */

import type { FailedAnswer } from '../../../run/run.ts';
import { headerIn } from './headers.ts';

/** The limit keeps status texts that differ in every answer from filling the memory. */
const MAX_DIFFERENT = 100;

export class FailedAnswers {
  readonly #counts = new Map<string, { status: number; error: string; count: number }>();

  /** Counts the request if it got no answer or was refused. */
  see(answer: {
    readonly status: number;
    readonly statusText: string;
    readonly rawHeaders: readonly string[];
    readonly error: { readonly message: string } | null;
  }): void {
    const { status } = answer;
    if (status > 0 && status < 400) return;
    this.add({ status, error: nameOf(answer), count: 1 });
  }

  add({ status, error, count }: FailedAnswer): void {
    const key = `${status} ${error}`;
    const known = this.#counts.get(key);
    if (known) known.count += count;
    else if (this.#counts.size < MAX_DIFFERENT || error === OTHERS) {
      this.#counts.set(key, { status, error, count });
    } else this.add({ status, error: OTHERS, count });
  }

  /** Most frequent first. */
  list(): FailedAnswer[] {
    return [...this.#counts.values()].map((one) => ({ ...one })).sort((a, b) => b.count - a.count);
  }
}

const OTHERS = 'others';

function nameOf({ error, rawHeaders, statusText }: Parameters<FailedAnswers['see']>[0]): string {
  if (error) return error.message;
  // Some services append a colon and a URL to the error name.
  const [name] = (headerIn(rawHeaders, 'x-amzn-errortype') ?? '').split(':');
  return name || statusText;
}
