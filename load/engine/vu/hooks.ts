/** Runs setup, teardown and handleSummary. VU 0 calls each of them once, within a time limit. */

import { messageOf } from '../script/script-errors.ts';
import { runToEnd, type Vu } from './vu.ts';

export type Hook = 'setup' | 'teardown' | 'handleSummary';

export interface HookFailure {
  readonly hook: Hook;
  readonly timedOut: boolean;
  readonly error: Error;
}

export type HookOutcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly failure: HookFailure };

/** @returns a value of undefined if the script does not export the function. */
export async function callHook(
  vu: Vu,
  hook: Hook,
  timeoutMs: number,
  argument?: unknown,
): Promise<HookOutcome> {
  const body = vu.exports[hook];
  if (typeof body !== 'function') return { ok: true, value: undefined };
  vu.renew(hook === 'handleSummary' ? 'summary' : hook);
  vu.group = hook === 'handleSummary' ? vu.run.rootGroup : vu.run.rootGroup.child(hook);
  vu.tags = { ...vu.run.plan.tags };
  vu.tagGroup();
  let timer: NodeJS.Timeout | undefined;
  let timedOut = false;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      timedOut = true;
      const error = new Error(`${hook}() execution timed out after ${timeoutMs / 1_000} seconds`);
      reject(error);
      vu.interrupt(error.message);
    }, timeoutMs);
  });
  const stop = () => vu.interrupt(`${hook}() was interrupted`);
  const { stopping } = vu.run;
  // A stop of the iterations interrupts setup. It does not interrupt teardown or handleSummary.
  if (hook === 'setup') stopping.addEventListener('abort', stop, { once: true });
  try {
    return { ok: true, value: await Promise.race([runToEnd(vu, () => body(argument)), limit]) };
  } catch (thrown) {
    const error = thrown as Error;
    return { ok: false, failure: { hook, timedOut, error } };
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', stop);
    vu.phase = 'idle';
  }
}

export function describeFailure({ hook, error }: HookFailure): string {
  return `${hook}(): ${messageOf(error)}`;
}
