/** Outbound campaigns: their checks and ends, and the way of dial requests in short. */

import { count, duration, share, whole } from '../../run/figures.ts';
import type { CampaignCheck, CampaignsResult, Run } from '../../run/run.ts';
import { failuresFirst, judgeCampaigns } from '../../run/verdict.ts';
import { asideSaid, type RoadStep, roadSteps } from '../content/road.ts';
import { campaignViolationSaid } from '../english/road.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { finding, name, table, verdictWord } from './parts.ts';
import type { Section } from './section.ts';

/** Codes and reasons of a step on the first screen. The section has all of them. */
const MOST_PARTS = 3;

/** A list with a bar for each step. It is read as a list where it is not seen. */
export function roadFigure(campaigns: CampaignsResult | null): Value {
  if (!campaigns) return null;
  const steps = roadSteps(campaigns);
  const most = Math.max(1, ...steps.map((step) => step.count));
  return markup`<figure class="road"><figcaption>From dial requests to calls</figcaption><ol>${steps.map(
    (step) => stepLine(step, most),
  )}</ol></figure>`;
}

function stepLine(step: RoadStep, most: number): Markup {
  const aside = asideSaid(step, MOST_PARTS);
  return markup`<li class="step"><span>${step.name}</span> <span class="num">${whole(step.count)}</span> ${bar(step.count, most)}${
    aside === '' ? null : markup` <span class="small quiet">${aside}</span>`
  }</li>`;
}

/** Drawn, because a coloured background is not printed. */
export function bar(part: number, most: number): Markup {
  const width = String(Math.round((part / most) * 1_000) / 10);
  return markup`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="10"/></svg>`;
}

/** None where the run had no campaigns. */
export function campaignSections({ campaigns }: Run): readonly Section[] {
  if (!campaigns) return [];
  return [
    {
      id: 'campaigns',
      title: 'Campaigns',
      verdict: judgeCampaigns(campaigns).verdict,
      lede: lede(campaigns),
      body: [
        campaigns.checks.filter(({ verdict }) => verdict === 'fail').map(violated),
        checksTable(campaigns.checks),
        endsTable(campaigns),
      ],
    },
  ];
}

function lede({ campaigns, durationMs }: CampaignsResult): string {
  const took = `This took ${duration(durationMs)}.`;
  const [only, ...others] = campaigns;
  if (only && others.length === 0) {
    return `Dial requests were sent to a campaign of version ${only.version} of outbound campaigns, which made contacts of them with BatchPutContact and dialled them. ${took}`;
  }
  return `Dial requests were sent to a campaign of each version of outbound campaigns, which made contacts of them with BatchPutContact and dialled them. Numbers asked for refusals and for outcomes. The clock was moved until every call had ended. ${took}`;
}

function violated({ name: check, verdict, checked, violations, evidence }: CampaignCheck): Markup {
  const times = `${count(violations, 'violation')}, checked on ${whole(checked)}`;
  return finding(check, verdict, times, evidence.map(campaignViolationSaid));
}

function checksTable(checks: readonly CampaignCheck[]): Markup {
  return table(
    'What was judged, from the answers, the ledger of contacts, and the dial records that another process received.',
    [
      { head: 'Check' },
      { head: 'Checked', number: true, short: true },
      { head: 'Violations', number: true, short: true },
      { head: 'Verdict', short: true },
    ],
    failuresFirst(checks).map(({ name: check, checked, violations, verdict }) => ({
      failed: verdict === 'fail',
      cells: [check, whole(checked), whole(violations), verdictWord(verdict)],
    })),
  );
}

function endsTable(result: CampaignsResult): Markup {
  const last = roadSteps(result).at(-1);
  const ends = last?.parts ?? [];
  const most = Math.max(1, ...ends.map(([, n]) => n));
  const total = last?.count ?? 0;
  return table(
    'How the contacts ended: their DisconnectReason.',
    [
      { head: 'Reason' },
      ...versions(result),
      { head: 'Together', number: true, short: true },
      { head: 'Share' },
    ],
    ends.map(([reason, n]) => ({
      cells: [
        name(reason),
        ...result.campaigns.map(({ ended }) => whole(ended[reason] ?? 0)),
        whole(n),
        markup`${share(n, total)} ${bar(n, most)}`,
      ],
    })),
  );
}

export function versions({ campaigns }: CampaignsResult) {
  return campaigns.map(({ version }) => ({
    head: `Version ${String(version)}`,
    number: true as const,
    short: true as const,
  }));
}
