/** The section of one load scenario: validity, thresholds, charts, percentiles, statuses, checks. */

import { VERDICTS } from '../../operation/connect/batch-put-contact/decide.ts';
import {
  count,
  duration,
  figure,
  latency,
  perSecond,
  rate,
  share,
  utc,
  whole,
} from '../../run/figures.ts';
import { isRoad, type LoadResult, type MetricResult, type Percentiles } from '../../run/run.ts';
import { judgeLoad } from '../../run/verdict.ts';
import { type CheckStanding, checkRows } from '../content/checks.ts';
import { generatorSaid, invaliditiesSaid } from '../content/generator.ts';
import { metricGroups, metricSaid, valueSaid } from '../content/metrics.ts';
import { failedAnswerSaid, findingSaid, loadReasonSaid } from '../english/load.ts';
import { chart } from './chart.ts';
import { markup, type Value } from './markup.ts';
import { code, facts, folded, table, tone, verdictWord } from './parts.ts';
import type { Section } from './section.ts';
import { type Binned, bin } from './series.ts';

/** Points of a chart, and rows of the table that says the same in numbers. */
const CHART_POINTS = 240;
const TABLE_ROWS = 30;

export function loadSection(load: LoadResult, index: number): Section {
  const { verdict, reasons } = judgeLoad(load);
  return {
    id: `load-${index + 1}`,
    title: `Load: ${load.scenario}`,
    verdict,
    lede: `Engine ${load.engine.name} ${load.engine.version}, started ${utc(load.startedAt)}, ${duration(load.durationMs)}.`,
    body: [
      verdict === 'pass'
        ? null
        : markup`<div class="note ${tone(verdict)}">${reasons.map((reason) => markup`<p>${loadReasonSaid(reason)}</p>`)}</div>`,
      findings(load),
      validity(load),
      thresholds(load),
      ...(load.history ? ofHistory(load) : ofMetrics(load)),
    ],
  };
}

function ofHistory(load: LoadResult): readonly Value[] {
  return [
    volume(load),
    charts(load),
    percentiles(load.latencyMs),
    statuses(load),
    failedAnswers(load),
    checks(load),
    outcomes(load),
    load.metrics.length === 0 ? null : folded('All metrics of the script', metrics(load)),
  ];
}

/** Of a script without a history: what k6 shows at the end of a test. */
function ofMetrics(load: LoadResult): readonly Value[] {
  return [checks(load), failedAnswers(load), volume(load), metrics(load)];
}

function findings({ findings: found }: LoadResult): Value {
  if (found.length === 0) return null;
  return markup`<h3>Found</h3><ul>${found.map((finding) => markup`<li>${findingSaid(finding)}</li>`)}</ul>`;
}

function validity({ engine, validity: found }: LoadResult): Value {
  const measured = markup`<p class="small quiet">${generatorSaid(engine, found).join(' ')}</p>`;
  if (found.valid) {
    return markup`<div class="note"><p><strong>Figures valid.</strong> The load generator was not the limit.</p>${measured}</div>`;
  }
  return markup`<div class="note open"><p>${invaliditiesSaid(found)}</p>${measured}</div>`;
}

function thresholds({ thresholds: all }: LoadResult): Value {
  if (all.length === 0)
    return markup`<h3>Thresholds</h3><p>${verdictWord('not exercised')}: the scenario has none.</p>`;
  return markup`<h3>Thresholds</h3>${table(
    'Judged on all samples of the run. Without a sample, a threshold is not met, unless every value keeps it.',
    [
      { head: 'Metric' },
      { head: 'Threshold' },
      { head: 'Value', number: true, short: true },
      { head: 'Verdict', short: true },
    ],
    all
      .toSorted((a, b) => Number(a.ok) - Number(b.ok))
      .map(({ metric, expression, ok, value, judged }) => ({
        failed: judged && !ok,
        cells: [
          metric,
          markup`<code>${expression}</code>`,
          value === null ? 'no sample' : figure(value),
          verdictWord(judged ? (ok ? 'pass' : 'fail') : 'not valid'),
        ],
      })),
  )}`;
}

function volume(load: LoadResult): Value {
  const requestRate = perSecond(load.requests, load.durationMs);
  const contactRate = perSecond(load.contacts, load.durationMs);
  const each = (perSec: number | null): string =>
    perSec === null ? '' : ` (${rate(perSec)} a second)`;
  return markup`<h3>Volume</h3>${facts([
    ['Iterations', whole(load.iterations)],
    ['Requests', `${whole(load.requests)}${each(requestRate)}`],
    ...(isRoad(load)
      ? [['Dial requests answered', `${whole(load.contacts)}${each(contactRate)}`] as const]
      : []),
    ...(load.history && !isRoad(load)
      ? [
          ['Contacts answered', `${whole(load.contacts)}${each(contactRate)}`] as const,
          [
            'Of these with a ContactId',
            `${whole(load.answered.CREATED ?? 0)}, replays too`,
          ] as const,
        ]
      : []),
  ])}`;
}

function charts({ series }: LoadResult): Value {
  if (series.length === 0) {
    return markup`<h3>Over time</h3><p>${verdictWord('not exercised')}: the history has no request.</p>`;
  }
  const binned = bin(series, CHART_POINTS);
  const { bins, secondsPerBin } = binned;
  const of = (key: 'requestsPerSecond' | 'errorsPerSecond' | 'p50' | 'p99') =>
    bins.map((one) => [one.second, one[key]] as const);
  const errors = series.reduce((sum, point) => sum + point.errors, 0);
  const per = secondsPerBin === 1 ? 'each second' : `per ${secondsPerBin} seconds`;
  return markup`<h3>Over time</h3>${chart({
    title: 'Requests a second',
    unit: secondsPerBin === 1 ? '' : `mean ${per}`,
    description: `${describe(of('requestsPerSecond'), figure)} ${errors === 0 ? 'Every request was answered with 200.' : `${count(errors, 'request was', 'requests were')} not answered with 200.`}`,
    lines: [
      { label: 'requests', look: 'main', filled: true, points: of('requestsPerSecond') },
      ...(errors > 0
        ? [{ label: 'not 200', look: 'bad' as const, points: of('errorsPerSecond') }]
        : []),
    ],
  })}${chart({
    title: 'Response time',
    unit: `milliseconds, ${secondsPerBin === 1 ? per : `worst second ${per}`}`,
    description: `99th percentile: ${describe(of('p99'), latency)} Median: ${describe(of('p50'), latency)}`,
    lines: [
      { label: 'p99', look: 'main', points: of('p99') },
      { label: 'p50', look: 'second', points: of('p50') },
    ],
  })}${folded('The same in numbers', seriesTable(bin(series, TABLE_ROWS)))}`;
}

function describe(
  points: readonly (readonly [number, number | null])[],
  say: (n: number) => string,
): string {
  const values = points.map(([, value]) => value).filter((value) => value !== null);
  if (values.length === 0) return 'no sample.';
  return `between ${say(Math.min(...values))} and ${say(Math.max(...values))}.`;
}

function seriesTable({ bins, secondsPerBin }: Binned): Value {
  const time = (ms: number | null): string => (ms === null ? 'no sample' : latency(ms));
  return table(
    secondsPerBin === 1
      ? 'Each second.'
      : `Every ${secondsPerBin} seconds: mean rates; percentiles of the worst second.`,
    [
      { head: 'Second' },
      { head: 'Requests/s', number: true, short: true },
      { head: 'Not 200/s', number: true, short: true },
      { head: 'p50', number: true, short: true },
      { head: 'p99', number: true, short: true },
    ],
    bins.map((one) => ({
      cells: [
        whole(one.second),
        rate(one.requestsPerSecond),
        rate(one.errorsPerSecond),
        time(one.p50),
        time(one.p99),
      ],
    })),
  );
}

function percentiles(found: Percentiles | null): Value {
  if (!found) return markup`<h3>Percentiles</h3><p>${verdictWord('not exercised')}: no sample.</p>`;
  const { min, p50, p90, p95, p99, max } = found;
  const columns = { min, p50, p90, p95, p99, max };
  return markup`<h3>Percentiles</h3>${table(
    'Response time, from the first byte sent to the last byte read.',
    [
      { head: 'Over' },
      ...Object.keys(columns).map((head) => ({
        head,
        number: true as const,
        short: true as const,
      })),
    ],
    [{ cells: ['all requests', ...Object.values(columns).map(latency)] }],
  )}`;
}

function statuses({ statuses: found, requests }: LoadResult): Value {
  const rows = Object.entries(found).toSorted(
    ([a], [b]) => rank(a) - rank(b) || Number(a) - Number(b),
  );
  if (rows.length === 0) return null;
  return markup`<h3>Status codes</h3>${table(
    'What the requests were answered with.',
    [
      { head: 'Status' },
      { head: 'Requests', number: true, short: true },
      { head: 'Share', number: true, short: true },
    ],
    rows.map(([status, n]) => ({
      cells: [status === '0' ? 'no answer' : status, whole(n), share(n, requests)],
    })),
  )}`;
}

/** Whatever is not a 200 stands before it. */
function rank(status: string): number {
  return status === '200' ? 1 : 0;
}

/** The refused requests by what they were answered with, and those without an answer by the reason. */
function failedAnswers({ failedAnswers: all, requests }: LoadResult): Value {
  if (all.length === 0) return null;
  return markup`<h3>Refused or without an answer</h3>${table(
    'Requests with a status of 400 or above, by the error that the answer names, and requests without an answer.',
    [
      { head: 'Answer' },
      { head: 'Requests', number: true, short: true },
      { head: 'Share', number: true, short: true },
    ],
    all.map((one) => ({
      cells: [failedAnswerSaid(one), whole(one.count), share(one.count, requests)],
    })),
  )}`;
}

/** Trends have a column for each statistic. Other metrics have a value with what belongs to it. */
function metrics(load: LoadResult): Value {
  const all = metricGroups(load).flatMap((group) => group.metrics);
  if (all.length === 0) {
    return markup`<h3>Metrics</h3><p>${verdictWord('not exercised')}: no sample.</p>`;
  }
  const trends = all.filter(({ type }) => type === 'trend');
  const others = all.filter(({ type }) => type !== 'trend');
  const stats = [...new Set(trends.flatMap(({ values }) => Object.keys(values)))];
  return markup`<h3>Metrics</h3>${
    trends.length === 0
      ? null
      : table(
          'Trends, over all samples.',
          [
            { head: 'Metric' },
            ...stats.map((head) => ({ head, number: true as const, short: true as const })),
          ],
          trends.map((one) => ({
            cells: [code(one.name), ...stats.map((stat) => statOf(one, stat))],
          })),
        )
  }${
    others.length === 0
      ? null
      : table(
          'Counters, rates and gauges.',
          [{ head: 'Metric' }, { head: 'Value' }],
          others.map((one) => ({ cells: [code(one.name), metricSaid(one)] })),
        )
  }`;
}

function statOf({ values, contains }: MetricResult, stat: string): string {
  const value = values[stat];
  if (value === undefined) return '–';
  return stat === 'count' ? whole(value) : valueSaid(value, contains);
}

const CHECK_WORDS: Readonly<Record<CheckStanding, Value>> = {
  passed: verdictWord('pass'),
  failed: verdictWord('fail'),
  allowed: verdictWord('not decidable', 'fails nothing'),
  'never made': verdictWord('not exercised'),
};

function checks(load: LoadResult): Value {
  if (load.checks.length === 0) return null;
  return markup`<h3>Checks</h3>${table(
    'Assertions that the script makes. As in k6, a failed check fails the run only where a missed threshold counts it.',
    [
      { head: 'Check' },
      { head: 'Passed', number: true, short: true },
      { head: 'Failed', number: true, short: true },
      { head: 'Verdict', short: true },
    ],
    checkRows(load).map(({ label, passes, fails, standing }) => ({
      failed: standing === 'failed',
      cells: [label, whole(passes), whole(fails), CHECK_WORDS[standing]],
    })),
  )}`;
}

function outcomes({ predicted, answered }: LoadResult): Value {
  const seen = VERDICTS.filter((verdict) => predicted[verdict] || answered[verdict]);
  if (seen.length === 0) return null;
  return folded(
    'What became of the contacts',
    table(
      'Items of the requests made: what each was to become, and what came back.',
      [
        { head: 'Outcome' },
        { head: 'Predicted', number: true, short: true },
        { head: 'Answered', number: true, short: true },
      ],
      seen.map((verdict) => ({
        cells: [
          markup`<code>${verdict}</code>`,
          whole(predicted[verdict] ?? 0),
          whole(answered[verdict] ?? 0),
        ],
      })),
    ),
  );
}
