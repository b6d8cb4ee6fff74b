/** How far the dial requests of a run got, and why the others did not get further. */

import { count, whole } from '../../run/figures.ts';
import type { CampaignResult, CampaignsResult } from '../../run/run.ts';

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
  return [
    { name: 'Dial requests', count: sum((one) => one.sent), aside: null, parts: [] },
    {
      name: 'Accepted',
      count: sum((one) => one.accepted),
      aside: left(total(refused), 'refused'),
      parts: refused,
    },
    { name: 'Contacts', count: contacts, aside: left(total(failed), 'failed'), parts: failed },
    { name: 'Dialled', count: dialled, aside: left(contacts - dialled, 'not dialled'), parts: [] },
    { name: 'Contacts ended', count: total(ended), aside: null, parts: ended },
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
