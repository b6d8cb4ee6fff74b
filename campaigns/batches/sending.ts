/** Makes batches of dial requests, and decides when each call of BatchPutContact is sent. */

import { LIMITS } from '../../operation/connect/limits.ts';
import type { TimerKind } from '../collections/timers.ts';
import type { CampaignBatch } from '../records.ts';
import { endIfOver, fail } from '../state/endings.ts';
import { Flight, type KeptCampaign, type KeptRequest, type State } from '../state/state.ts';
import { bodyOf, fitsContact } from './contact-batch.ts';

const FULL = LIMITS.contacts.max;

/** Puts an accepted request in line for the next batch, now or when its wait is over. */
export function lineUp(state: State, kept: KeptRequest): void {
  const { status } = kept;
  if (status.state !== 'ACCEPTED') return;
  if (status.notBefore > state.latest) state.timers.add(status.notBefore, READY, kept);
  else kept.home.ready.add(kept);
}

/** Sends what is due, as far as the limit of calls allows, and plans the next round. */
export function sendDue(state: State, now: number): void {
  if (now < state.backoffUntil) {
    planSending(state, state.backoffUntil);
    return;
  }
  while (state.inFlight < state.options.choices.inFlight) {
    const queued = state.queued.shift();
    if (queued !== undefined) {
      send(state, queued);
      continue;
    }
    const due = nextDue(state, now);
    if (due === undefined) {
      planBatches(state);
      return;
    }
    const requests = takeFull(state, due, now);
    if (requests.length > 0) send(state, makeBatch(state, due, requests, now));
  }
}

/** Plans a round of sending, unless an earlier one is planned. */
export function planSending(state: State, at: number): void {
  if (state.sendAt !== null && state.sendAt <= at) return;
  state.sendAt = at;
  state.timers.add(at, SENDING, state);
}

/** Sends a batch again, with the same token and body, after a wait. */
export function sendAgain(state: State, flight: Flight, batch: CampaignBatch, at: number): void {
  state.keepBatch(flight, batch);
  flight.phase = 'waiting';
  planRetry(state, flight, at);
}

/** Makes a batch of requests, which waits for its turn to be sent. */
export function queueBatch(
  state: State,
  home: KeptCampaign,
  requests: readonly KeptRequest[],
  now: number,
): void {
  state.queued.push(makeBatch(state, home, requests, now));
}

function send(state: State, flight: Flight): void {
  if (flight.phase === 'queued') state.inFlight += 1;
  flight.phase = 'sent';
  state.actions.push({ kind: 'send', batch: flight.batch });
}

function makeBatch(
  state: State,
  home: KeptCampaign,
  requests: readonly KeptRequest[],
  now: number,
): Flight {
  const token = state.options.newId();
  for (const kept of requests) {
    const { status } = kept;
    const attempts = 'attempts' in status ? status.attempts : 0;
    state.setStatus(kept, { state: 'SUBMITTING', batch: token, attempts });
  }
  const batch: CampaignBatch = {
    token,
    campaignId: home.campaign.id,
    instanceId: home.campaign.instanceId,
    requestIds: requests.map(({ given }) => given.id),
    body: state.tellsAll
      ? bodyOf(
          token,
          requests.map(({ given }) => given),
          home.settings,
        )
      : '',
    madeAt: now,
    attempts: 0,
    askedAgain: false,
  };
  const flight = new Flight(batch);
  state.keepBatch(flight, batch);
  return flight;
}

/** The oldest requests in line, without those that are over or cannot become contacts. */
function takeFull(state: State, { ready }: KeptCampaign, now: number): readonly KeptRequest[] {
  const taken: KeptRequest[] = [];
  while (taken.length < FULL) {
    const kept = ready.take();
    if (kept === undefined) break;
    if (endIfOver(state, kept, now)) continue;
    if (fitsContact(kept.given)) taken.push(kept);
    else fail(state, kept, { kind: 'MAPPING' }, now);
  }
  return taken;
}

/** The campaign whose turn it is among those that have a batch due: campaigns take turns by id. */
function nextDue(state: State, now: number): KeptCampaign | undefined {
  let first: KeptCampaign | undefined;
  let next: KeptCampaign | undefined;
  for (const home of state.campaigns.values()) {
    const dueAt = batchDueAt(state, home);
    if (dueAt === null || dueAt > now) continue;
    const { id } = home.campaign;
    if (first === undefined || id < first.campaign.id) first = home;
    if (id > state.lastServed && (next === undefined || id < next.campaign.id)) next = home;
  }
  const due = next ?? first;
  if (due !== undefined) state.lastServed = due.campaign.id;
  return due;
}

/** When a campaign has a batch to send; null if it has none. */
function batchDueAt(state: State, { campaign, ready }: KeptCampaign): number | null {
  if (campaign.state !== 'Running') return null;
  const oldest = ready.first;
  if (oldest === undefined) return null;
  if (ready.size >= FULL) return Number.NEGATIVE_INFINITY;
  const { status } = oldest;
  const { acceptedAt } = oldest.given;
  const readyAt = status.state === 'ACCEPTED' ? Math.max(acceptedAt, status.notBefore) : acceptedAt;
  return readyAt + state.options.choices.lingerMilliseconds;
}

function planBatches(state: State): void {
  let at = Number.POSITIVE_INFINITY;
  for (const home of state.campaigns.values()) at = Math.min(at, batchDueAt(state, home) ?? at);
  if (at < Number.POSITIVE_INFINITY) planSending(state, at);
}

function planRetry(state: State, flight: Flight, at: number): void {
  flight.retryAt = at;
  state.timers.add(at, RETRY, flight);
}

/** A round of sending. */
const SENDING: TimerKind<State, State> = {
  live: ({ sendAt }, at) => sendAt === at,
  run: (state, _, now) => {
    state.sendAt = null;
    sendDue(state, now);
  },
};

/** The end of the wait of an item that may be sent again. */
const READY: TimerKind<State, KeptRequest> = {
  live: ({ gone, status }, at) => !gone && status.state === 'ACCEPTED' && status.notBefore === at,
  run: (state, kept, now) => {
    kept.home.ready.add(kept);
    sendDue(state, now);
  },
};

/** The end of the wait of a batch that is sent again. */
const RETRY: TimerKind<State, Flight> = {
  live: ({ gone, phase, retryAt }, at) => !gone && phase === 'waiting' && retryAt === at,
  run: (state, flight, now) => {
    if (now < state.backoffUntil) planRetry(state, flight, state.backoffUntil);
    else send(state, flight);
  },
};
