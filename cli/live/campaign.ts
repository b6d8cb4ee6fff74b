/** The live page of a campaign. */

import type { OwnProgress } from '../../load/drive/own-campaign.ts';
import { QUOTA } from '../../operation/connect/limits.ts';
import { days } from '../../reports/content/plan.ts';
import { chart } from '../../reports/html/chart.ts';
import { type Markup, markup, type Value } from '../../reports/html/markup.ts';
import { name as named, table, verdictWord } from '../../reports/html/parts.ts';
import { duration, rate, share as shareOf, whole } from '../../run/figures.ts';
import type { CampaignsResult } from '../../run/run.ts';
import type { CampaignFacts } from '../terminal/campaign-progress.ts';
import { glance, lineOf } from './page.ts';
import { openPage } from './server.ts';
import { type CampaignMoment, WatchedCampaign } from './watched-campaign.ts';

export interface LiveCampaign {
  readonly url: string;
  progress(progress: OwnProgress): void;
  end(result: CampaignsResult): void;
  /** Tells the browsers that no more events will follow. */
  close(): Promise<void>;
}

/**
 * @param port 0 for any.
 * @param name what the campaign is called on the page.
 * @throws UserError where the port cannot be opened.
 */
export async function openLiveCampaign(
  port: number,
  name: string,
  contacts: number,
): Promise<LiveCampaign> {
  const watched = new WatchedCampaign(name, contacts);
  const page = await openPage(port, { what: 'campaign', render: () => liveCampaign(watched) });
  return {
    url: page.url,
    progress(progress) {
      if (watched.take(progress, Date.now())) page.tell();
    },
    end(result) {
      watched.result = result;
      page.tell();
    },
    close: page.close,
  };
}

export function liveCampaign({
  name,
  contacts,
  latest,
  moments,
  seconds,
  result,
}: WatchedCampaign): Markup {
  const failed = result?.checks.filter(({ verdict }) => verdict === 'fail') ?? [];
  return markup`<section><header><h2>${name}${
    result ? markup` ${verdictWord(result.verdict)}` : null
  }</h2>
<p class="lede">${
    latest
      ? `${whole(contacts)} contacts, ${days(seconds * 1_000)} of the virtual clock`
      : 'Getting ready.'
  }</p></header>
${failed.map((check) => markup`<p class="note fail">${check.name}: failed</p>`)}
${latest ? figures(latest, moments.at(-1), result !== null) : null}
${moments.length > 1 ? charts(moments, latest?.onShift != null) : null}
${latest && latest.ends.length > 0 ? endsTable(latest) : null}</section>
`;
}

function figures(facts: CampaignFacts, now: CampaignMoment | undefined, isOver: boolean): Markup {
  const { share, leftMs, pending, made, ringing, withAgents, onShift, ended } = facts;
  return glance([
    ['contacts over', `${Math.floor(share * 100)} %`],
    ['time left', isOver ? 'none' : leftMs === null ? 'not known yet' : duration(leftMs)],
    ['BatchPutContact a second', `${rate(now?.callsPerSecond ?? 0)} of ${QUOTA.ratePerSecond}`],
    ['dial requests pending', whole(pending)],
    ['contacts made', whole(made)],
    ['ringing', whole(ringing)],
    ['with agents', onShift === null ? 'no agents' : `${whole(withAgents)} of ${whole(onShift)}`],
    ['ended', whole(ended)],
  ]);
}

function charts(moments: readonly CampaignMoment[], hasAgents: boolean): Value {
  const quota = moments.map(({ second }) => [second, QUOTA.ratePerSecond] as const);
  return [
    chart({
      title: 'Calls of BatchPutContact',
      unit: 'a second, by the virtual clock',
      description: 'The rate of calls, against the quota.',
      lines: [
        { label: 'quota', look: 'second', points: quota },
        ...lineOf(moments, 'callsPerSecond', 'calls', 'main'),
      ],
    }),
    chart({
      title: hasAgents ? 'Calls that ring, and calls with agents' : 'Calls that ring',
      unit: 'calls',
      description: 'How many calls rang and how many were with agents at each moment.',
      lines: [
        ...lineOf(moments, 'withAgents', 'agents', 'main'),
        ...lineOf(moments, 'ringing', 'ringing', 'second'),
      ],
    }),
    chart({
      title: 'Dial requests that wait to be dialled',
      unit: 'dial requests',
      description: 'How many dial requests were pending at each moment.',
      lines: lineOf(moments, 'pending', 'pending', 'main'),
    }),
  ];
}

function endsTable({ ends, ended }: CampaignFacts): Markup {
  return table(
    'How dial requests ended',
    [
      { head: 'Reason' },
      { head: 'Number', number: true, short: true },
      { head: 'Share', number: true, short: true },
    ],
    ends.map(([reason, times]) => ({
      cells: [named(reason), whole(times), shareOf(times, ended)],
    })),
  );
}
