/** One exchange, as values: a request in, a reply out. */

import type { RequestFaults } from '../../faults/faults.ts';
import { onArrival } from '../../faults/on-arrival.ts';
import { onReply } from '../../faults/on-reply.ts';
import { droppedReply, refusalReply, successReply, type WireReply } from '../../wire/reply.ts';
import type { WireRequest } from '../../wire/request.ts';
import type { Service } from '../service.ts';
import { frontDoor } from './front-door.ts';

/** Rejects only for a defect; nothing was then committed. */
export async function exchange(request: WireRequest, service: Service): Promise<WireReply> {
  const { faults, clock, pauses, stats } = service;
  stats.requests += 1;
  const selected = faults === null ? null : faults.select(request, clock.now());
  if (selected === null) return serve(request, service, null);
  const early = await onArrival(selected, pauses);
  return onReply(selected, pauses, early ?? (await serve(request, service, selected)));
}

async function serve(
  wire: WireRequest,
  service: Service,
  selected: RequestFaults | null,
): Promise<WireReply> {
  const { facts } = service;
  const now = service.virtualClock.now();
  const { end, known } = await frontDoor({ wire, service, facts, now, selected });
  const operation = known.operation ?? null;
  if ('drop' in end) return { ...droppedReply(end.drop), about: { operation, known } };
  const requestId = service.newRequestId();
  if ('refusal' in end) {
    const { refusals } = service.stats;
    const { name } = end.refusal;
    refusals[name] = (refusals[name] ?? 0) + 1;
    const reply = refusalReply(requestId, operation, end.refusal, facts.choices);
    return { ...reply, about: { operation, known } };
  }
  const { body, results, replayed, dials } = end;
  const about = {
    operation,
    known,
    ...(results && { results, replayed }),
    ...(dials && { dials }),
  };
  return { ...successReply(requestId, operation?.status ?? 200, body), about };
}
