/** Outbound campaigns: the road from dial requests to ended calls, what is violated, and the figures folded. */

import { OPERATION } from '../../operation/connect/address.ts';
import { count, duration, share, whole } from '../../run/figures.ts';
import type { CampaignCheck, CampaignsResult, Run } from '../../run/run.ts';
import { failuresFirst, judgeCampaigns } from '../../run/verdict.ts';
import { roadSteps, throttledSaid } from '../content/road.ts';
import { campaignViolationSaid } from '../english/road.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { finding, folded, name, table, verdictWord } from './parts.ts';
import { agentsParts, stagesTable, stepsTable, versions } from './road.ts';
import { roadDrawing } from './road-drawing.ts';
import type { Section } from './section.ts';

/** None where the run had no campaigns. */
export function campaignSections({ campaigns }: Run): readonly Section[] {
  if (!campaigns) return [];
  return [
    {
      id: 'campaigns',
      title: 'The road of dial requests',
      verdict: judgeCampaigns(campaigns).verdict,
      lede: lede(campaigns),
      body: [
        campaigns.checks.filter(({ verdict }) => verdict === 'fail').map(violated),
        campaigns.campaigns.length === 0 ? null : roadDrawing(roadSteps(campaigns)),
        agentsParts(campaigns),
        folded(checksSaid(campaigns), [
          checksTable(campaigns.checks),
          stepsTable(campaigns),
          stagesTable(campaigns),
          endsTable(campaigns),
        ]),
      ],
    },
  ];
}

/** How the road belongs to the operations: who took what, and who made what of it. */
function lede(result: CampaignsResult): string {
  const { campaigns, durationMs } = result;
  const took = campaigns.map(({ operation, version }) => `${operation} (version ${version})`);
  const throttled = throttledSaid(result);
  return [
    `Dial requests were handed over with ${took.join(' and ') || 'no operation'}.`,
    `The ${campaigns.length === 1 ? 'campaign' : 'campaigns'} made contacts of them with ${OPERATION.name}, and dialled.`,
    ...(throttled === null ? [] : [`${throttled}.`]),
    `This took ${duration(durationMs)}.`,
  ].join(' ');
}

function checksSaid({ checks }: CampaignsResult): string {
  const passed = checks.filter(({ verdict }) => verdict === 'pass').length;
  return `${whole(passed)} of ${count(checks.length, 'check')} pass; steps, stages and ends by version`;
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

function endsTable(result: CampaignsResult): Value {
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

/** Drawn, because a coloured background is not printed. */
function bar(part: number, most: number): Markup {
  const width = String(Math.round((part / most) * 1_000) / 10);
  return markup`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="10"/></svg>`;
}
