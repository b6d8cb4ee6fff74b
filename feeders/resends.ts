/** What a feeder does with dial requests that failed, got no answer, or had been accepted before. */

import type { FeederCall } from '../operation/campaigns/feeder-call.ts';
import type { FeederFindingKind, FeederSituation } from '../run/statements/feeder.ts';
import { groupsOf } from '../system/groups.ts';
import type { Case, Findings } from './findings.ts';
import { NOT_EMULATED, type Sending, type Sendings } from './sendings.ts';

const THROTTLED = ['RequestThrottled', 'BufferLimitExceeded'];

/** Once may be a caller that gave up waiting for the answer. */
const TIMES_FOR_CERTAIN = 2;

const SURE_LIKENESS = ['token', 'content', 'customer'] as const;

/** The campaign takes nothing for now, or for ever: a feeder may give up. */
const OUT_OF_STATE = 409;

/** Why a dial request should come again: the code with which it failed, or what became of its call. */
type Owing =
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'lost' }
  | { readonly kind: 'refused' };

interface Owed {
  readonly sending: Sending;
  readonly owing: Owing;
}

export interface FeederRecord {
  /** By the wall clock, epoch milliseconds. */
  readonly endedAt: number;
  /** Seconds for which a dial request may wait before it is said that it never came again. */
  readonly patience: number;
  /** Calls of which it is told already what is wrong. */
  readonly malformed: ReadonlySet<FeederCall>;
}

export interface Doubts {
  /** Not sent again, and the journal ends soon after. */
  readonly stillTime: number;
  /** Seconds for which the last of them was watched. */
  readonly watched: number;
  readonly cannotBeFollowed: number;
}

export function judgeResends(
  sendings: Sendings,
  record: FeederRecord,
  findings: Findings,
): { readonly doubts: Doubts; readonly seen: ReadonlySet<FeederSituation> } {
  const seen = new Set<FeederSituation>();
  const owed: Owed[] = [];
  for (const sending of sendings.all) {
    judgeRepeat(sending, sendings, findings, seen);
    const owing = owingOf(sending, sendings, record, seen);
    if (owing) owed.push({ sending, owing });
    if (owing?.kind === 'lost') judgeOtherToken(sending, sendings, findings);
  }
  judgeUnchanged(sendings, findings);
  return { doubts: judgeOwed(owed, sendings, record, findings), seen };
}

/** Null if it need not be sent again. */
function owingOf(
  { call, item }: Sending,
  { told }: Sendings,
  { malformed }: FeederRecord,
  seen: Set<FeederSituation>,
): Owing | null {
  if (item.dialRequestId !== null) seen.add('accepted');
  const said = told(call);
  if (said === 'nothing' || call.status === 429) {
    seen.add('lost call');
    return { kind: 'lost' };
  }
  if (said === 'refusal') {
    const { status, campaignVersion } = call;
    // A campaign that was there and is gone takes nothing any more.
    const isGone = campaignVersion === null && seen.has('accepted');
    const excused = malformed.has(call) || isGone || [OUT_OF_STATE, NOT_EMULATED].includes(status);
    return excused ? null : { kind: 'refused' };
  }
  if (item.code === null) return null;
  if (THROTTLED.includes(item.code)) seen.add('throttled');
  else if (item.code === 'UnknownError') seen.add('unknown error');
  else if (item.code === 'InvalidInput') seen.add('invalid input');
  return item.code === 'InvalidInput' ? null : { kind: 'failed', code: item.code };
}

/** What the answer says of the token: that it was known, or not. */
function judgeRepeat(
  sending: Sending,
  { told, earliest }: Sendings,
  findings: Findings,
  seen: Set<FeederSituation>,
): void {
  const { item } = sending;
  if (!item.repeated) {
    if (item.dialRequestId === null || item.attributes.length === 0) return;
    const first = earliest(sending, 'content', () => true);
    // What was accepted and came again was made anew.
    if (first && first.item.dialRequestId !== null) seen.add('expired');
    return;
  }
  const first = earliest(
    sending,
    'token',
    (one) => one.item.dialRequestId === item.dialRequestId && told(one.call) === 'items',
  );
  // A caller that was told nothing repeats the call, and cannot know what became of it.
  if (!first) return;
  // The same time is the same request: a repeat of the call, not of the dial.
  const isLater = (item.expirationTime ?? 0) > (first.item.expirationTime ?? 0);
  if (item.endedAs?.startsWith('EXPIRED') && isLater) {
    seen.add('expired');
    const one = { sure: 'likely', endedAs: item.endedAs } as const;
    findings.add('token reused after expiry', sending, one);
  } else if (item.otherContent) {
    findings.add('token reused with other content', sending, { sure: 'certain' });
  }
}

function judgeOtherToken(
  sending: Sending,
  { comesAgain, comesAgainAs }: Sendings,
  findings: Findings,
): void {
  const { call, item } = sending;
  // A refusal was not carried out, so that any token is right.
  if (call.status === 429 || item.attributes.length === 0 || item.token === null) return;
  if (comesAgain(sending, 'token')) return;
  if (comesAgainAs(sending, 'content', (again) => again.item.token !== item.token)) {
    const one = { sure: 'likely', status: call.status } as const;
    findings.add('other token after a lost call', sending, one);
  }
}

function judgeUnchanged({ all, told }: Sendings, findings: Findings): void {
  const invalid = all.filter(({ item }) => item.code === 'InvalidInput');
  const judged = new Set<Sending>();
  const judge = (group: readonly Sending[], sureFrom: number) => {
    let last: Sending | undefined;
    let times = 0;
    for (const sending of group) {
      const { call, item } = sending;
      if (last && call.began > last.call.ended && !judged.has(sending)) {
        times += 1;
        judged.add(sending);
        const sure = times >= sureFrom ? 'certain' : 'likely';
        const reason = item.reason ?? 'InvalidInput';
        findings.add(
          'invalid input sent again',
          sending,
          { sure, reason },
          (a) => a.sure === 'certain',
        );
      }
      if (told(call) === 'items') last = sending;
    }
  };
  const unchanged = ({ call, item }: Sending, token: string) =>
    [call.campaignId, token, item.content, item.reason].join(' ');
  const withToken = invalid.filter(({ item }) => item.token !== null);
  for (const group of groupsOf(withToken, (one) => unchanged(one, one.item.token ?? '')).values()) {
    judge(group, TIMES_FOR_CERTAIN);
  }
  const withAttributes = invalid.filter(({ item }) => item.attributes.length > 0);
  for (const group of groupsOf(withAttributes, (one) => unchanged(one, '')).values()) {
    judge(group, Number.POSITIVE_INFINITY);
  }
}

function judgeOwed(
  owed: readonly Owed[],
  { comesAgain, isIdentified, missing: gap }: Sendings,
  { endedAt, patience }: FeederRecord,
  findings: Findings,
): Doubts {
  const missing: Missing[] = [];
  const cameAgain = new Set<string>();
  const waiting: number[] = [];
  let cannotBeFollowed = 0;
  for (const { sending, owing } of owed) {
    const { call } = sending;
    const seconds = (endedAt - call.answeredAtWall) / 1000;
    if (SURE_LIKENESS.some((by) => comesAgain(sending, by))) {
      if (owing.kind === 'failed') cameAgain.add(call.campaignId);
    } else if (
      (comesAgain(sending, 'number') && !isIdentified(sending)) ||
      call.number < gap.upTo
    ) {
      cannotBeFollowed += 1;
    } else if (seconds < patience) waiting.push(seconds);
    else missing.push({ sending, owing, seconds });
  }
  for (const [campaignId, own] of groupsOf(missing, ({ sending }) => sending.call.campaignId)) {
    const codes = [...new Set(own.flatMap(({ owing }) => codesOf(owing)))].sort();
    const isIgnored = codes.length > 1 && !cameAgain.has(campaignId);
    for (const one of own) tellMissing(one, isIgnored ? codes : null, findings);
  }
  return {
    stillTime: waiting.length,
    watched: waiting.reduce((least, seconds) => Math.min(least, seconds), patience),
    cannotBeFollowed,
  };
}

const codesOf = (owing: Owing) => (owing.kind === 'failed' ? [owing.code] : []);

interface Missing extends Owed {
  /** For which it was watched. */
  readonly seconds: number;
}

/** @param ignored the codes of the campaign, if nothing that failed came again, whatever its code. */
function tellMissing(
  { sending, owing, seconds }: Missing,
  ignored: readonly string[] | null,
  findings: Findings,
): void {
  const { status, error } = sending.call;
  const add = <Kind extends FeederFindingKind>(kind: Kind, one: Case<Kind>) =>
    findings.add(kind, sending, one);
  if (owing.kind === 'lost') add('lost call, not repeated', { sure: 'likely', status, seconds });
  else if (owing.kind === 'refused') {
    const refused = { status, error: error ?? `HTTP ${status}`, seconds };
    add('refused call, not sent again', { sure: 'likely', ...refused });
  } else if (ignored) add('failures ignored', { sure: 'likely', codes: ignored, seconds });
  else if (owing.code === 'UnknownError') {
    add('unknown error, not sent again', { sure: 'likely', seconds });
  } else add('throttled, not sent again', { sure: 'likely', code: owing.code, seconds });
}
