/** Whether a feeder waits when it should. */

import type { FeederCall } from '../operation/campaigns/feeder-call.ts';
import type { FeederSituation } from '../run/statements/feeder.ts';
import { groupsOf } from '../system/groups.ts';
import type { Findings } from './findings.ts';
import type { Sendings } from './sendings.ts';

/** AWS gives no length of a wait. A call that begins sooner after an answer has not waited at all. */
const NO_WAIT_MILLISECONDS = 100;
/** As many calls in a row: fewer may be those of several senders, each of which waits, or meet short random waits. */
const IN_A_ROW = 5;
/** As many throttled calls of one sender in so many milliseconds are no waits, whatever they carry. */
const PRESSING = { calls: 50, milliseconds: 10_000 } as const;
/** As many calls of one item in so many milliseconds are a list, and not events that come one at a time. */
const MANY = { calls: 10, milliseconds: 2_000 } as const;

export function judgePace(
  { calls, all, told, isNew }: Sendings,
  findings: Findings,
): ReadonlySet<FeederSituation> {
  const seen = new Set<FeederSituation>();
  const withNew = new Set(all.filter(isNew).map(({ call }) => call));
  const codeOf = ({ items }: FeederCall) =>
    items.find(({ code }) => code === 'RequestThrottled' || code === 'BufferLimitExceeded')?.code;
  const isThrottled = (call: FeederCall) =>
    told(call) === 'items' && codeOf(call) !== undefined && codeOf(call) !== null;
  const isOutOfState = ({ error, campaignState }: FeederCall) =>
    campaignState !== null &&
    campaignState !== 'Running' &&
    (error === 'InvalidCampaignStateException' || error === 'ConflictException');

  for (const own of groupsOf(calls, ({ campaignId }) => campaignId).values()) {
    for (const run of runsOf(own, isThrottled, (call) => withNew.has(call))) {
      const [call] = run as [FeederCall];
      const code = codeOf(call) ?? '';
      findings.add(
        'sent on while throttled',
        { call },
        { sure: 'likely', code },
        undefined,
        run.length,
      );
    }
    judgePressing(own, isThrottled, codeOf, findings);
    if (own.some(isOutOfState)) seen.add('not Running');
    for (const run of runsOf(own, isOutOfState, () => true)) {
      const [call] = run as [FeederCall];
      const one = { sure: 'likely', state: call.campaignState ?? '' } as const;
      findings.add('sent on while not Running', { call }, one, undefined, run.length);
    }
    judgeSize(own, findings);
  }
  return seen;
}

/** Dial requests that are sent again and again without a wait. Calls that overlap are those of several senders. */
function judgePressing(
  calls: readonly FeederCall[],
  isThrottled: (call: FeederCall) => boolean,
  codeOf: (call: FeederCall) => string | null | undefined,
  findings: Findings,
): void {
  let run: FeederCall[] = [];
  let last: FeederCall | undefined;
  for (const call of calls) {
    if (last && call.began < last.ended) run = [];
    last = call;
    if (!isThrottled(call)) continue;
    run = [...run.slice(1 - PRESSING.calls), call];
    const [first] = run;
    const isFull = first && run.length === PRESSING.calls;
    if (isFull && call.arrivedAt - first.arrivedAt < PRESSING.milliseconds) {
      const one = { sure: 'likely', code: codeOf(first) ?? '' } as const;
      findings.add('sent again without a wait', { call: first }, one, undefined, PRESSING.calls);
      run = [];
    }
  }
}

/** Runs of calls of which each began at once after the answer to the one before. */
function runsOf(
  calls: readonly FeederCall[],
  belongs: (call: FeederCall) => boolean,
  follows: (call: FeederCall) => boolean,
): (readonly FeederCall[])[] {
  const runs: FeederCall[][] = [];
  let run: FeederCall[] = [];
  for (const call of calls) {
    const last = run.at(-1);
    // A call that was under way when the answer came says nothing.
    if (last && call.began < last.ended) continue;
    const atOnce = last && call.arrivedAt - last.answeredAt < NO_WAIT_MILLISECONDS;
    if (!belongs(call)) run = [];
    else if (atOnce && follows(call)) run.push(call);
    else {
      run = [call];
      continue;
    }
    if (run.length === IN_A_ROW) runs.push(run);
  }
  return runs;
}

function judgeSize(calls: readonly FeederCall[], findings: Findings): void {
  // The SDK repeats a call as it is.
  const first = new Set<string>();
  const own = calls.filter(({ invocation }) => {
    const isRepeat = invocation !== null && first.has(invocation);
    if (invocation !== null) first.add(invocation);
    return !isRepeat;
  });
  const [call] = own;
  if (!call || own.some(({ items }) => items.length !== 1)) return;
  const isMany = own.some((one, i) => {
    const last = own[i + MANY.calls - 1];
    return last !== undefined && last.arrivedAt - one.arrivedAt < MANY.milliseconds;
  });
  if (isMany) findings.add('batches of one', { call }, { sure: 'likely' }, undefined, own.length);
}
