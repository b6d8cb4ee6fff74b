/** How far the dial requests of a run got, and why the others did not get further. */

import { count, share, whole } from '../../run/figures.ts';
import type { AgentsResult, CampaignResult, CampaignsResult, RoadStage } from '../../run/run.ts';

/** The steps, in the order of the way. */
export const STEPS = {
  sent: 'Dial requests',
  accepted: 'Accepted',
  contacts: 'Contacts',
  dialled: 'Dialled',
  answered: 'Answered',
  connected: 'With an agent',
  ended: 'Contacts ended',
} as const;

/** DisconnectReasons of contacts that were never dialled. */
const NOT_DIALLED = [
  'EXPIRED',
  'DISCARDED',
  'OUTBOUND_PREVIEW_DISCARDED',
  'OUTBOUND_DESTINATION_ENDPOINT_ERROR',
];
/** Of calls that nobody answered. */
const UNANSWERED = /^(TELECOM_|OUTBOUND_ATTEMPT_FAILED$|OUTBOUND_RESOURCE_ERROR$)/;
/** Of calls that were answered, and needed no agent. */
const FLOW = 'CONTACT_FLOW_DISCONNECT';

export interface RoadStep {
  readonly name: string;
  readonly count: number;
  /** What `parts` are: `refused`, or how those that are counted here ended. Null where there is nothing to say. */
  readonly aside: string | null;
  /** Code or reason -> dial requests, the most frequent first. */
  readonly parts: readonly (readonly [name: string, count: number])[];
}

/** The steps of all campaigns together. */
export function roadSteps({ campaigns }: Pick<CampaignsResult, 'campaigns'>): readonly RoadStep[] {
  const sum = (of: (one: CampaignResult) => number): number =>
    campaigns.reduce((total, one) => total + of(one), 0);
  const merged = (
    of: (one: CampaignResult) => Readonly<Record<string, number>>,
  ): RoadStep['parts'] => {
    const counts = new Map<string, number>();
    for (const [name, n] of campaigns.flatMap((one) => Object.entries(of(one)))) {
      counts.set(name, (counts.get(name) ?? 0) + n);
    }
    return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  };
  const total = (parts: RoadStep['parts']): number => parts.reduce((n, [, part]) => n + part, 0);
  const refused = merged((one) => one.refused);
  const failed = merged((one) => one.failed);
  const ended = merged((one) => one.ended);
  const contacts = sum((one) => one.contacts);
  const dialled = sum((one) => one.dialled);
  const left = (n: number, what: string): string | null => (n > 0 ? `${whole(n)} ${what}` : null);
  const of = (is: (reason: string) => boolean) => ended.filter(([reason]) => is(reason));
  const known = (figure: (one: CampaignResult) => number | null) =>
    campaigns.some((one) => figure(one) !== null);
  const answered = sum((one) => one.answered ?? 0);
  const connected = sum((one) => one.connected ?? 0);
  // Calls of campaigns without agents need none.
  const forAgents = sum((one) => (one.connected === null ? 0 : (one.answered ?? 0)));
  const machines = merged((one) => (one.connected === null ? {} : one.ended));
  return [
    { name: STEPS.sent, count: sum((one) => one.sent), aside: null, parts: [] },
    {
      name: STEPS.accepted,
      count: sum((one) => one.accepted),
      aside: left(total(refused), 'refused'),
      parts: refused,
    },
    { name: STEPS.contacts, count: contacts, aside: left(total(failed), 'failed'), parts: failed },
    {
      name: STEPS.dialled,
      count: dialled,
      aside: left(contacts - dialled, 'not dialled'),
      parts: of((reason) => NOT_DIALLED.includes(reason)),
    },
    ...(known((one) => one.answered)
      ? [
          {
            name: STEPS.answered,
            count: answered,
            aside: left(dialled - answered, 'not answered'),
            parts: of((reason) => UNANSWERED.test(reason)),
          },
        ]
      : []),
    ...(known((one) => one.connected)
      ? [
          {
            name: STEPS.connected,
            count: connected,
            aside: left(forAgents - connected, 'answered and not connected'),
            parts: machines.filter(([reason]) => reason === FLOW),
          },
        ]
      : []),
    { name: STEPS.ended, count: total(ended), aside: null, parts: ended },
  ];
}

/** `InvalidInput 12, UnknownError 9 and 2 more`. */
export function partsSaid(parts: RoadStep['parts'], most = parts.length): string {
  const more = parts.length > most ? ` and ${count(parts.length - most, 'more', 'more')}` : '';
  return (
    parts
      .slice(0, most)
      .map(([name, n]) => `${name} ${whole(n)}`)
      .join(', ') + more
  );
}

/** `34 refused: InvalidInput 12`; what is known of it. */
export function asideSaid({ aside, parts }: RoadStep, most?: number): string {
  const listed = partsSaid(parts, most);
  if (aside === null) return listed;
  return listed === '' ? aside : `${aside}: ${listed}`;
}

/** One line on the campaigns of a run. */
export function campaignsSaid(result: CampaignsResult): string {
  const [sent, ...others] = roadSteps(result);
  return [
    count(sent?.count ?? 0, 'dial request'),
    ...others.map(({ name, count: n }) => `${whole(n)} ${name.toLowerCase()}`),
  ].join(', ');
}

const STAGES: Readonly<Record<RoadStage, string>> = {
  accepted: 'accepted',
  contact: 'contact made',
  ringing: 'ringing',
  agent: 'with an agent',
  ended: 'ended',
};

export interface StageRow {
  /** Of outbound campaigns. */
  readonly version: number;
  /** `accepted → contact made`. */
  readonly stage: string;
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** How long each stage took, by campaign. */
export function stageRows({ campaigns }: Pick<CampaignsResult, 'campaigns'>): readonly StageRow[] {
  return campaigns.flatMap(({ version, stages }) =>
    stages.map(({ from, to, ...times }) => ({
      version,
      stage: `${STAGES[from]} → ${STAGES[to]}`,
      ...times,
    })),
  );
}

/** `10 agents, occupied 64.7 % of their time; 3 of 61 customers abandoned`. */
export function agentsSaid({ agents, occupancy, waited, abandoned }: AgentsResult): string {
  return [
    `${count(agents, 'agent')}${occupancy === null ? '' : `, occupied ${percent(occupancy)} of their time`}`,
    `${whole(abandoned)} of ${count(waited, 'customer')} abandoned`,
  ].join('; ');
}

/** A share with one digit after the point: 81.8 %. */
export function percent(part: number): string {
  return part === 0 || part === 1 ? share(part, 1) : `${(part * 100).toFixed(1)} %`;
}

/** Dial requests that the campaigns had no room for at first. Null where there were none. */
export function throttledSaid({ campaigns }: Pick<CampaignsResult, 'campaigns'>): string | null {
  const throttled = campaigns.reduce((sum, one) => sum + (one.throttled ?? 0), 0);
  return throttled === 0
    ? null
    : `${count(throttled, 'dial request')} found no room in the campaign, and were sent again`;
}
