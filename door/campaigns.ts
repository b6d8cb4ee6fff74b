/** The outbound campaigns of an account, for tests: a running campaign in one line, and what became of dial requests. */

import type {
  CampaignCounts,
  CampaignFigures,
  QueueFigures,
} from '../campaigns/campaign-engine.ts';
import { type DialRequestOutcome, outcomeOf } from '../campaigns/course/told.ts';
import type { CampaignState } from '../campaigns/records.ts';
import { campaignsOf } from '../emulator/call/campaigns-of.ts';
import {
  type CampaignOptions,
  type CampaignSummary,
  runCampaign,
} from '../emulator/call/changes/run-campaign.ts';
import type { Service } from '../emulator/emulator.ts';
import { isAdvice, judgeFeeder } from '../feeders/judge.ts';
import type { FeederVerdict, JudgeOptions } from '../feeders/verdict.ts';
import { feederDoubtSaid, feederFindingSaid, SITUATIONS_SAID } from '../reports/english/feeder.ts';
import type { FeederFinding } from '../run/statements/feeder.ts';

export type { CampaignOptions, CampaignSummary };

/** Members that must be equal. */
export type DialRequestFilter = Partial<
  Pick<
    DialRequestOutcome,
    'dialRequestId' | 'campaignId' | 'clientToken' | 'contactId' | 'state' | 'disconnectReason'
  >
>;

export interface Campaigns {
  /**
   * Creates a campaign that is Running at once.
   *
   * @throws UserError with the text of the refusal if the members are not valid.
   */
  run(options?: CampaignOptions): Promise<CampaignSummary>;
  /** Undefined for a campaign that is not there. */
  state(campaignId: string): CampaignState | undefined;
  /** Its calls and its agents as they are now. Undefined for a campaign that is not there. */
  figures(campaignId: string): CampaignSituation | undefined;
  /** What became of the dial requests, in the order of their acceptance. They are kept for seven days. */
  dialRequests(filter?: DialRequestFilter): readonly DialRequestOutcome[];
  /**
   * Judges how dial requests were handed over since the start or the last reset: their form, and what was sent again
   * or not. Docs: docs/feeder-check.md.
   *
   * @param options `finished`: nothing more will be sent. Default true. `settleSeconds`: default 60.
   */
  judgeFeeder(options?: JudgeOptions): FeederReport;
}

export interface CampaignSituation {
  /** How many dial requests are in each state. */
  readonly dialRequests: CampaignCounts;
  /**
   * Since when the other figures count, in epoch milliseconds by the virtual clock: the start, the last reset, or the
   * last commit that failed. They are not kept over a restart.
   */
  readonly since: number;
  /** Calls that go on by their step, and what came of calls. */
  readonly calls: CampaignFigures;
  /** Share of the customers whose wait for an agent is over that were abandoned. Null if there were none. */
  readonly abandonment: number | null;
  /** The agents of the campaign's instance, by queue. A queue is in the list once it was dialled for. */
  readonly queues: readonly (QueueFigures & {
    /** Share of the agents' time in which they were with a contact or in after-call work. */
    readonly occupancy: number | null;
  })[];
}

/** What a feeder did, in English. */
export interface FeederReport {
  readonly verdict: FeederVerdict;
  /** How many calls handed over how many dial requests. */
  readonly calls: number;
  readonly dialRequests: number;
  /** What is wrong. */
  readonly findings: readonly FeederStatement[];
  /** What could be better, though it is not wrong. */
  readonly advice: readonly FeederStatement[];
  /** What could not be decided. */
  readonly doubts: readonly FeederStatement[];
  /** What did not happen, so that nothing is known of how the feeder deals with it. */
  readonly notExercised: readonly string[];
}

/** A name of the kind, and one sentence. */
export interface FeederStatement {
  readonly kind: string;
  readonly sentence: string;
}

export function campaignsFor(service: Service): Campaigns {
  let made = 0;
  return {
    async run(options = {}) {
      const summary = await runCampaign(service, { name: `campaign-${made + 1}`, ...options });
      made += 1;
      return summary;
    },
    state: (campaignId) =>
      campaignsOf(service).look((engine) => engine.campaign(campaignId))?.state,
    figures: (campaignId) =>
      campaignsOf(service).look((engine) => {
        const campaign = engine.campaign(campaignId);
        if (!campaign) return undefined;
        const calls = engine.figures(campaignId);
        const queues = engine.queues(service.virtualClock.now());
        return {
          dialRequests: engine.counts(campaignId),
          since: campaignsOf(service).since,
          calls,
          abandonment: calls.waited === 0 ? null : calls.abandoned / calls.waited,
          queues: queues
            .filter(({ instanceId }) => instanceId === campaign.instanceId)
            .map((queue) => ({
              ...queue,
              occupancy: queue.shiftMs === 0 ? null : queue.busyMs / queue.shiftMs,
            })),
        };
      }),
    dialRequests(filter = {}) {
      const members = Object.entries(filter) as [keyof DialRequestFilter, unknown][];
      const outcomes = campaignsOf(service).look((engine) => [...engine.requests()].map(outcomeOf));
      return (outcomes ?? []).filter((one) =>
        members.every(([member, value]) => one[member] === value),
      );
    },
    judgeFeeder(options) {
      const { recorder, clock } = service;
      const recorded = recorder?.journal(clock.now()) ?? { calls: [], endedAt: 0 };
      const { findings, doubts, notExercised, ...judged } = judgeFeeder(recorded, {
        finished: true,
        ...options,
      });
      const said = (all: readonly FeederFinding[]) =>
        all.map((one) => ({ kind: one.kind, sentence: feederFindingSaid(one) }));
      return {
        ...judged,
        findings: said(findings.filter((one) => !isAdvice(one))),
        advice: said(findings.filter(isAdvice)),
        doubts: doubts.map((one) => ({ kind: one.kind, sentence: feederDoubtSaid(one) })),
        notExercised: notExercised.map((situation) => SITUATIONS_SAID[situation]),
      };
    },
  };
}
