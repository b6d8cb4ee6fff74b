/** Judges how a feeder hands dial requests to campaigns, from a journal of its calls. */

import type { FeederJournal } from '../operation/campaigns/feeder-call.ts';
import {
  type FeederDoubt,
  type FeederFinding,
  type FeederSituation,
  SITUATIONS,
} from '../run/statements/feeder.ts';
import { createFindings } from './findings.ts';
import { judgeForm } from './form.ts';
import { judgePace } from './pace.ts';
import { judgeResends } from './resends.ts';
import { sendingsOf } from './sendings.ts';
import type { FeederVerdict, JudgeOptions } from './verdict.ts';

export interface FeederJudgement {
  readonly verdict: FeederVerdict;
  readonly calls: number;
  readonly dialRequests: number;
  readonly findings: readonly FeederFinding[];
  readonly doubts: readonly FeederDoubt[];
  /** What did not happen, so that nothing is known of how the feeder deals with it. */
  readonly notExercised: readonly FeederSituation[];
}

const SETTLE_SECONDS = 60;

export function isAdvice({ kind }: FeederFinding): boolean {
  return kind === 'batches of one';
}

export function judgeFeeder(journal: FeederJournal, options: JudgeOptions = {}): FeederJudgement {
  const { finished = false, settleSeconds: settle = SETTLE_SECONDS } = options;
  const sendings = sendingsOf(journal);
  const findings = createFindings();
  const malformed = judgeForm(sendings, findings);
  const record = { endedAt: journal.endedAt, patience: finished ? 0 : settle, malformed };
  const { doubts, seen } = judgeResends(sendings, record, findings);
  const met = new Set([...seen, ...judgePace(sendings, findings)]);
  const found = [...findings.all].sort((a, b) => a.first.call - b.first.call);
  return {
    verdict: verdictOf(found, doubts.stillTime, seen.has('accepted')),
    calls: sendings.calls.length,
    dialRequests: sendings.all.length,
    findings: found,
    doubts: [
      ...(doubts.stillTime > 0
        ? [
            {
              kind: 'still time',
              count: doubts.stillTime,
              seconds: doubts.watched,
              settle,
            } as const,
          ]
        : []),
      ...(doubts.cannotBeFollowed > 0
        ? [{ kind: 'cannot be followed', count: doubts.cannotBeFollowed } as const]
        : []),
      ...(sendings.missing.calls > 0
        ? [{ kind: 'calls missing', count: sendings.missing.calls } as const]
        : []),
    ],
    notExercised: SITUATIONS.filter((situation) => !met.has(situation)),
  };
}

function verdictOf(
  found: readonly FeederFinding[],
  stillTime: number,
  isAccepted: boolean,
): FeederVerdict {
  if (found.some((one) => !isAdvice(one))) return 'fail';
  if (stillTime > 0) return 'undecided';
  return isAccepted ? 'pass' : 'not exercised';
}
