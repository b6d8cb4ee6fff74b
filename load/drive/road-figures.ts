/** How long the stages of the way took, and how far calls came: from what the endpoint tells of each dial request. */

import type { CampaignResult, RoadStage, StageLatency } from '../../run/run.ts';
import type { Told } from './road-records.ts';

const MOMENTS = {
  accepted: 'acceptedAt',
  contact: 'contactAt',
  ringing: 'ringingAt',
  agent: 'agentAt',
  ended: 'endedAt',
} as const satisfies Record<RoadStage, keyof Told>;

const STAGES = [
  ['accepted', 'contact'],
  ['contact', 'ringing'],
  ['ringing', 'agent'],
  ['agent', 'ended'],
  ['accepted', 'ended'],
] as const;

/** Reasons of calls that somebody answered, in the words of Connect's contact records. */
const ANSWERED = ['CUSTOMER_DISCONNECT', 'AGENT_DISCONNECT', 'CONTACT_FLOW_DISCONNECT'];

/** @param hasAgents whether agents take the calls of the campaign. */
export function callFigures(
  told: readonly Told[],
  hasAgents: boolean,
): Pick<CampaignResult, 'answered' | 'connected' | 'stages'> {
  const connected = told.filter(({ agentAt }) => agentAt != null).length;
  const isAnswered = ({ agentAt, dialledAt, disconnectReason }: Told) =>
    agentAt != null || (dialledAt != null && ANSWERED.includes(disconnectReason ?? ''));
  return {
    answered: told.filter(isAnswered).length,
    connected: hasAgents ? connected : null,
    stages: STAGES.flatMap(([from, to]) => latency(told, from, to)),
  };
}

function latency(told: readonly Told[], from: RoadStage, to: RoadStage): StageLatency | [] {
  const times = told
    .flatMap((one) => {
      const [begin, end] = [one[MOMENTS[from]], one[MOMENTS[to]]];
      return begin == null || end == null ? [] : Date.parse(end) - Date.parse(begin);
    })
    .sort((a, b) => a - b);
  if (times.length === 0) return [];
  const at = (share: number) => times[Math.ceil(share * times.length) - 1] ?? 0;
  return { from, to, count: times.length, p50Ms: at(0.5), p95Ms: at(0.95) };
}
