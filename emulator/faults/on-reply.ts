/** The faults that act on a reply as it is sent. */

import type { Pauses } from '../pauses.ts';
import type { Mishap, WireReply } from '../reply.ts';
import { sampleWait } from './distribution.ts';
import type { Strike } from './faults.ts';

/** @returns the reply with its headers and its mishap; later than it was given, where it is a late one. */
export async function onReply(
  strike: Strike,
  pauses: Pauses,
  reply: WireReply,
): Promise<WireReply> {
  // Nobody sees what happens to a reply that is not sent.
  if (reply.mishap?.drop) return reply;
  for (const { fault, draw } of strike.biteAll('late-reply')) {
    await pauses.wait(sampleWait(fault.ms, draw));
  }
  const headers = retryHeaders(strike, reply);
  const mishap = mishapOf(strike, reply);
  return { ...reply, headers, ...(mishap ? { mishap } : {}) };
}

function mishapOf(strike: Strike, { body }: WireReply): Mishap | null {
  const half = strike.bite('half-reply');
  const slow = strike.bite('slow-reply');
  const skew = strike.bitten('clock-skew');
  if (!half && !slow && !skew) return null;
  return {
    ...(half && { cutAfterBytes: Math.floor(Buffer.byteLength(body) * half.fault.part) }),
    ...(slow && { bytesPerSecond: slow.fault.bytesPerSecond }),
    ...(skew && { dateOffMilliseconds: skew.fault.seconds * 1000 }),
  };
}

function retryHeaders(strike: Strike, { status, headers }: WireReply): readonly string[] {
  if (status !== 429 && status < 500) return headers;
  const seconds = strike.bite('retry-after')?.fault.seconds;
  const ms = strike.bite('x-amz-retry-after')?.fault.ms;
  let changed = headers;
  if (seconds !== undefined) changed = withHeader(changed, 'Retry-After', seconds);
  if (ms !== undefined) changed = withHeader(changed, 'x-amz-retry-after', ms);
  return changed;
}

/** Sets a header, in place of one of that name. */
function withHeader(headers: readonly string[], name: string, value: number): readonly string[] {
  const at = headers.indexOf(name);
  return at < 0 ? [...headers, name, `${value}`] : headers.with(at + 1, `${value}`);
}
