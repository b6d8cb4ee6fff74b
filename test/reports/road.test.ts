/** The way of dial requests in every report: how far they came, how long it took, what the agents did. */

import { roadSteps, stageRows } from '../../reports/content/road.ts';
import { renderHtml } from '../../reports/html/html.ts';
import { renderMarkdown } from '../../reports/markdown/markdown.ts';
import { roadLines } from '../../reports/road-text.ts';
import { readRun, renderJson } from '../../run/json.ts';
import type { CampaignResult, CampaignsResult, Run } from '../../run/run.ts';
import { passing } from './samples.ts';

const campaigns = passing.campaigns as CampaignsResult;

function roadOf(run: Run): string {
  return /<section id="campaigns".*?<\/section>/s.exec(renderHtml(run))?.[0] ?? '';
}

/** The campaigns as a version before the new members wrote them. */
function older(): Run {
  const written = JSON.parse(renderJson(passing)) as { campaigns: { campaigns: object[] } };
  written.campaigns.campaigns = written.campaigns.campaigns.map((one) => {
    const { answered, connected, stages, agents, throttled, ...old } = one as CampaignResult;
    return old;
  });
  return readRun(JSON.stringify(written));
}

it('is a section of its own, with a picture, the stages and the agents', () => {
  const road = roadOf(passing);
  expect(road.match(/<svg class="(?:wide|narrow)"/g)).toHaveLength(4);
  expect(road).toContain('aria-label="Dial requests: 300, Accepted: 263, Contacts: 261');
  expect(road).toContain('>18 not dialled: EXPIRED 18<');
  expect(road).toContain('ringing → with an agent');
  expect(road).toContain('10 agents, occupied 78.0 % of their time; 3 of 61 customers abandoned.');
  expect(roadOf({ ...passing, campaigns: null })).toBe('');
});

it('draws what came so far and what did not, so that both together are the step before', () => {
  const wide = /<svg class="wide".*?<\/svg>/s.exec(roadOf(passing))?.[0] ?? '';
  const bars = [
    ...wide.matchAll(/<rect class="(main|missing)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"/g),
  ];
  const ends = (y: string) =>
    Math.max(...bars.filter((bar) => bar[3] === y).map((bar) => Number(bar[2]) + Number(bar[4])));
  const mains = bars.filter(([, kind]) => kind === 'main');
  expect(mains).toHaveLength(roadSteps(campaigns).length);
  mains.slice(1, -1).forEach((main, i) => {
    const before = mains[i];
    expect(ends(main[3] ?? '')).toBeCloseTo(Number(before?.[2]) + Number(before?.[4]), 0);
  });
});

it('is in Markdown and in the terminal', () => {
  const markdown = renderMarkdown(passing);
  expect(markdown).toContain('| ringing → with an agent | 2 | 58 | 14.3 s | 33.1 s |');
  expect(markdown).toContain('Version 2: 10 agents, occupied 78.0 % of their time');
  const lines = roadLines(campaigns).join('\n');
  expect(lines).toMatch(/Dialled +243 +█+·+ +18 not dialled: EXPIRED 18/);
  expect(lines).toContain('accepted → contact made: p50 104 ms, p95 380 ms');
});

it('says of dial requests that were throttled that they were sent again', () => {
  const [first, ...others] = campaigns.campaigns;
  const throttled = { ...(first as CampaignResult), throttled: 25 };
  const run = { ...passing, campaigns: { ...campaigns, campaigns: [throttled, ...others] } };
  const said = '25 dial requests found no room in the campaign, and were sent again';
  expect(roadOf(run)).toContain(said);
  expect(roadLines(run.campaigns).join('\n')).toContain(said);
  expect(roadOf(passing)).not.toContain('found no room');
});

it('leaves out what an older version did not write', () => {
  const run = older();
  expect(run.campaigns?.campaigns[0]).toMatchObject({
    answered: null,
    connected: null,
    stages: [],
    agents: null,
    throttled: null,
  });
  expect(stageRows(run.campaigns as CampaignsResult)).toEqual([]);
  expect(roadSteps(run.campaigns as CampaignsResult).map(({ name }) => name)).not.toContain(
    'Answered',
  );
  expect(roadOf(run)).not.toContain('How long the stages took');
});
