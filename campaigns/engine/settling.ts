/** What the outcome of a batch does to its dial requests: a row for each meaning that an outcome can have. */

import { FAILURES } from '../../operation/connect/batch-put-contact/failures.ts';
import { type ItemResult, type Meaning, meaningOf, resultsOf } from '../batches/answers.ts';
import { lineUp, queueBatch, sendAgain, sendDue } from '../batches/sending.ts';
import { waitAsked, waitOfItem, waitWhenThrottled, waitWhenUnknown } from '../batches/waits.ts';
import type { Finding, Outcome } from '../campaign-engine.ts';
import { offer } from '../dialling/dialler.ts';
import type { RequestFailure } from '../records.ts';
import { endIfOver, fail } from '../state/endings.ts';
import type { Flight, KeptCampaign, KeptRequest, State } from '../state/state.ts';
import { moveCampaign } from './moves.ts';

/** A batch that was sent, with what belongs to it. */
interface Sent {
  readonly flight: Flight;
  readonly home: KeptCampaign;
  readonly requests: readonly KeptRequest[];
}

type Answer = Extract<Outcome, { kind: 'answer' }>;

const LOST: Answer = { kind: 'answer', status: 0, error: null, results: [], retryAfter: null };

/** Calls in a row that are refused until the campaign fails. */
const REFUSALS_UNTIL_FAILED = 3;

const ROWS: Readonly<
  Record<Meaning, (state: State, sent: Sent, answer: Answer, now: number) => void>
> = {
  results: takeResults,

  throttled: (state, { flight }, { retryAfter }, now) => {
    // Calls that were sent together are throttled together. They count once.
    if (now >= state.backoffUntil) {
      const { seed } = state.options;
      state.backoffUntil = now + waitWhenThrottled(seed, flight.batch, state.throttledInARow);
      state.throttledInARow += 1;
    }
    state.backoffUntil = Math.max(state.backoffUntil, now + waitAsked(retryAfter));
    again(state, flight, state.backoffUntil);
  },

  unknown: (state, { flight }, _, now) =>
    again(state, flight, now + waitWhenUnknown(state.options.seed, flight.batch, now)),

  invalid: (state, { flight, home, requests }, _, now) => {
    state.dropFlight(flight);
    countRefusals(state, home, 0);
    const [only] = requests;
    if (only !== undefined && requests.length === 1) {
      fail(state, only, { kind: 'INVALID_REQUEST' }, now);
      return;
    }
    for (const kept of requests) backInLine(state, kept, 0, now);
    if (home.campaign.state !== 'Running') return;
    const open = requests.filter(({ status }) => status.state === 'ACCEPTED');
    const half = Math.ceil(open.length / 2);
    for (const part of [open.slice(0, half), open.slice(half)]) {
      for (const kept of part) home.ready.remove(kept);
      if (part.length > 0) queueBatch(state, home, part, now);
    }
  },

  refused: (state, { flight, home, requests }, { status, error }, now) => {
    state.dropFlight(flight);
    for (const kept of requests) fail(state, kept, refusal(status, error), now);
    countRefusals(state, home, home.campaign.refusedInARow + 1);
    if (home.campaign.refusedInARow >= REFUSALS_UNTIL_FAILED) failCampaign(state, home, now);
  },

  mismatch: (state, { flight, home, requests }, { status, error }, now) => {
    state.dropFlight(flight);
    tell(state, { kind: 'token reused with other payload', batch: flight.batch.token });
    for (const kept of requests) fail(state, kept, refusal(status, error), now);
    failCampaign(state, home, now);
  },
};

/** Reports the outcome of a batch. A batch that was not sent, or is already settled, is left alone. */
export function settle(state: State, token: string, outcome: Outcome, now: number): void {
  const flight = state.flights.get(token);
  if (flight === undefined || flight.phase !== 'sent') return;
  const home = state.campaigns.get(flight.batch.campaignId);
  if (home === undefined) return;
  const requests = flight.batch.requestIds.flatMap((id) => state.requests.get(id) ?? []);
  const meaning = meaningOf(outcome);
  if (meaning !== 'throttled' && meaning !== 'unknown') state.throttledInARow = 0;
  const answer = outcome.kind === 'answer' ? outcome : LOST;
  ROWS[meaning](state, { flight, home, requests }, answer, now);
  sendDue(state, now);
}

function takeResults(
  state: State,
  { flight, home, requests }: Sent,
  { results }: Answer,
  now: number,
): void {
  const { batch } = flight;
  const items = resultsOf(batch.requestIds, results, (id) => state.byContact.has(id));
  if (!batch.askedAgain && items.some(({ kind }) => kind === 'missing' || kind === 'twice')) {
    sendAgain(state, flight, { ...batch, attempts: batch.attempts + 1, askedAgain: true }, now);
    return;
  }
  state.dropFlight(flight);
  countRefusals(state, home, 0);
  requests.forEach((kept, i) => {
    const item = items[i];
    if (item !== undefined) takeResult(state, batch.token, kept, item, now);
  });
}

function takeResult(
  state: State,
  token: string,
  kept: KeptRequest,
  item: ItemResult,
  now: number,
): void {
  const { id: requestId } = kept.given;
  switch (item.kind) {
    case 'created':
      state.setStatus(kept, { state: 'CREATED', contact: { contactId: item.contactId, at: now } });
      if (!endIfOver(state, kept, now)) offer(state, kept, now);
      return;
    case 'code':
      if (isRetryable(item.code)) throttle(state, token, kept, now);
      else fail(state, kept, item, now);
      return;
    default:
      tell(state, {
        kind: item.kind === 'missing' ? 'answer without item' : 'item answered twice',
        batch: token,
        requestId,
      });
      fail(state, kept, { kind: 'ANSWER_INCOMPLETE' }, now);
  }
}

function isRetryable(code: string): boolean {
  return Object.hasOwn(FAILURES, code) && FAILURES[code as keyof typeof FAILURES].retryable;
}

/** The item goes back to its place in line, and waits. */
function throttle(state: State, token: string, kept: KeptRequest, now: number): void {
  const attempts = attemptsOf(kept);
  const wait = waitOfItem(state.options.seed, token, kept.given.id, attempts);
  backInLine(state, kept, now + wait, now, attempts + 1);
}

function backInLine(
  state: State,
  kept: KeptRequest,
  notBefore: number,
  now: number,
  attempts = attemptsOf(kept),
): void {
  state.setStatus(kept, { state: 'ACCEPTED', notBefore, attempts });
  if (!endIfOver(state, kept, now)) lineUp(state, kept);
}

function attemptsOf({ status }: KeptRequest): number {
  return 'attempts' in status ? status.attempts : 0;
}

function again(state: State, flight: Flight, at: number): void {
  const { batch } = flight;
  sendAgain(state, flight, { ...batch, attempts: batch.attempts + 1 }, at);
}

function refusal(status: number, error: string | null): RequestFailure {
  return { kind: 'CONTACT_REFUSED', error: error ?? String(status) };
}

function countRefusals(state: State, home: KeptCampaign, refusedInARow: number): void {
  if (home.campaign.refusedInARow === refusedInARow) return;
  state.keepCampaign(home, { ...home.campaign, refusedInARow });
}

function failCampaign(state: State, home: KeptCampaign, now: number): void {
  const { state: is } = home.campaign;
  // A campaign that was stopped stays so.
  if (is === 'Running' || is === 'Paused') moveCampaign(state, home, 'Failed', now);
}

function tell(state: State, finding: Finding): void {
  state.actions.push({ kind: 'finding', finding });
}
