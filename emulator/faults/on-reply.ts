/** The faults that act on a reply as it is sent. */

import type { WireFault, WireReply } from '../wire/reply.ts';
import { sampleWait } from './distribution.ts';
import type { RequestFaults } from './faults.ts';
import type { Pauses } from './pauses.ts';

/** @returns the reply with the headers and wire fault of the selected faults. It resolves after their wait. */
export async function onReply(
  selected: RequestFaults,
  pauses: Pauses,
  reply: WireReply,
): Promise<WireReply> {
  // A reply that is not sent needs no other fault.
  if (reply.wireFault?.drop) return reply;
  for (const { fault, draw } of selected.applyAll('late-reply')) {
    await pauses.wait(sampleWait(fault.ms, draw));
  }
  const headers = retryHeaders(selected, reply);
  const wireFault = wireFaultOf(selected, reply);
  return { ...reply, headers, ...(wireFault ? { wireFault } : {}) };
}

function wireFaultOf(selected: RequestFaults, { body }: WireReply): WireFault | null {
  const half = selected.apply('half-reply');
  const slow = selected.apply('slow-reply');
  const skew = selected.applied('clock-skew');
  if (!half && !slow && !skew) return null;
  return {
    ...(half && { cutAfterBytes: Math.floor(Buffer.byteLength(body) * half.fault.part) }),
    ...(slow && { bytesPerSecond: slow.fault.bytesPerSecond }),
    ...(skew && { dateOffMilliseconds: skew.fault.seconds * 1000 }),
  };
}

function retryHeaders(selected: RequestFaults, { status, headers }: WireReply): readonly string[] {
  if (status !== 429 && status < 500) return headers;
  const seconds = selected.apply('retry-after')?.fault.seconds;
  const ms = selected.apply('x-amz-retry-after')?.fault.ms;
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
