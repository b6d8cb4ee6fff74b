/** The faults that act before a request is read. */

import { droppedReply, type WireReply } from '../wire/reply.ts';
import { sampleWait } from './distribution.ts';
import type { RequestFaults } from './faults.ts';
import type { Pauses } from './pauses.ts';

/** @returns the reply that replaces the service's reply; null lets the request through. */
export async function onArrival(
  selected: RequestFaults,
  pauses: Pauses,
): Promise<WireReply | null> {
  for (const { fault, draw } of selected.applyAll('latency')) {
    await pauses.wait(sampleWait(fault.ms, draw));
  }
  const drop = selected.apply('drop-on-arrival');
  if (drop) return droppedReply(drop.fault.with);
  const page = selected.apply('load-balancer-error');
  return page ? htmlReply(page.fault.status) : null;
}

const TITLES = {
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
};

/** The page of an Application Load Balancer, as seen: no request id, no error name, no JSON. */
function htmlReply(status: keyof typeof TITLES): WireReply {
  const title = TITLES[status];
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  return { status, headers: ['Server', 'awselb/2.0', 'Content-Type', 'text/html'], body };
}
