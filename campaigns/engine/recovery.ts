/** Makes the state again from what a store holds. */

import { lineUp, planSending } from '../batches/sending.ts';
import { isWorking } from '../course/life.ts';
import { offer, resumeAfterCall, resumeCall, resumeWaiting } from '../dialling/dialler.ts';
import type { Campaign, CampaignBatch, DialRequest, KeptRecord } from '../records.ts';
import { COMPLETION, EXPIRY } from '../state/endings.ts';
import type { Retention } from '../state/retention.ts';
import { Flight, type KeptRequest, type State } from '../state/state.ts';
import { holdCampaign } from './moves.ts';

/**
 * The dials of calls that are not over are given again. The first timer, which is due at once, sends the batches in
 * flight again.
 *
 * @throws Error for a request whose campaign, or whose batch in flight, is not in the records.
 */
export function recover(state: State, retention: Retention, records: Iterable<KeptRecord>): void {
  const campaigns: Campaign[] = [];
  const requests: DialRequest[] = [];
  const batches: CampaignBatch[] = [];
  for (const record of records) {
    if (record.kind === 'campaign') campaigns.push(record.value);
    else if (record.kind === 'request') requests.push(record.value);
    else if (record.kind === 'batch') batches.push(record.value);
    else state.instances.set(record.value.instanceId, record.value);
  }
  for (const campaign of campaigns.sort((a, b) => a.createdAt - b.createdAt)) {
    holdCampaign(state, campaign);
  }
  for (const batch of batches.sort((a, b) => a.madeAt - b.madeAt)) {
    const flight = new Flight(batch);
    state.flights.set(batch.token, flight);
    state.queued.push(flight);
  }
  for (const request of requests.sort((a, b) => a.serial - b.serial)) {
    recoverRequest(state, retention, request);
  }
  resumeAgents(state);
  if (requests.length > 0) planSending(state, state.latest);
}

function recoverRequest(state: State, retention: Retention, request: DialRequest): void {
  const home = state.campaigns.get(request.campaignId);
  if (home === undefined) throw missing(request, `campaign ${request.campaignId}`);
  const kept = state.addRequest(request, home);
  state.nextSerial = request.serial + 1;
  retention.add(state, kept);
  const { status } = request;
  switch (status.state) {
    case 'SUBMITTING':
      if (!state.flights.has(status.batch)) throw missing(request, `batch ${status.batch}`);
      break;
    case 'ACCEPTED':
      lineUp(state, kept);
      break;
    case 'CREATED':
      offer(state, kept, status.contact.at);
      break;
    case 'PREVIEW':
    case 'DIALING':
      resumeCall(state, kept);
      return;
    case 'ENDED':
      if (isWorking(status)) state.timers.add(status.agent?.freeAt ?? status.at, COMPLETION, kept);
      return;
    default:
      return;
  }
  state.timers.add(request.expiresAt, EXPIRY, kept);
}

/** Agents in after-call work come after those with contacts: an agent may have had several contacts. */
function resumeAgents(state: State): void {
  const calls: KeptRequest[] = [];
  for (const kept of state.requests.values()) {
    const { state: is } = kept.status;
    if (is === 'ENDED') resumeAfterCall(state, kept);
    else if (is === 'DIALING') calls.push(kept);
  }
  resumeWaiting(state, calls);
}

function missing({ id }: DialRequest, what: string): Error {
  return new Error(`the records of dial request ${id} are not complete: ${what} is missing`);
}
