/** One load scenario: what it missed and found, its pictures, and its figures folded. */

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
import { isRoad, type LoadResult } from '../../run/run.ts';
import { judgeLoad } from '../../run/verdict.ts';
import { type CheckStanding, checkRows } from '../content/checks.ts';
import { generatorSaid, invaliditiesSaid } from '../content/generator.ts';
import { failedAnswerSaid, findingSaid, loadReasonSaid } from '../english/load.ts';
import { bucketRows } from './distribution.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { metricTables } from './metrics.ts';
import { facts, folded, list, table, tone, verdictWord } from './parts.ts';
import { hasCourse, pictures } from './pictures.ts';

/** @param folds whether all of it is folded. A scenario that does not pass never is. */
export function scenarioPart(load: LoadResult, index: number, folds: boolean): Markup {
  const { verdict } = judgeLoad(load);
  const id = `load-${index + 1}`;
  const title = `Load: ${load.scenario}`;
  if (folds && verdict === 'pass') {
    return markup`<details id="${id}"><summary>${title}: ${inShort(load)}</summary>${body(load)}</details>`;
  }
  return markup`<section id="${id}" aria-labelledby="${id}-title"><h3 id="${id}-title">${title} <span class="quiet">—</span> ${verdictWord(verdict)}</h3>${body(load)}</section>`;
}

function inShort({ requests, durationMs }: LoadResult): string {
  return `${count(requests, 'request')} in ${duration(durationMs)}`;
}

function body(load: LoadResult): Value {
  const { verdict, reasons } = judgeLoad(load);
  const told = [
    verdict === 'pass'
      ? null
      : markup`<div class="note ${tone(verdict)}">${reasons.map((reason) => markup`<p>${loadReasonSaid(reason)}</p>`)}</div>`,
    load.validity.valid ? null : validity(load),
    missed(load),
    findings(load),
  ];
  const drawn = load.history ? pictures(load) : null;
  return [
    markup`<p class="small quiet">Engine ${load.engine.name} ${load.engine.version}, started ${utc(load.startedAt)}, ${duration(load.durationMs)}.</p>`,
    hasCourse(load) ? [told, drawn] : markup`<div class="beside"><div>${told}</div>${drawn}</div>`,
    load.history ? null : [checks(load), failedAnswers(load), metricTables(load)],
    folded('All figures: thresholds, volume, percentiles, answers, checks', [
      load.validity.valid ? validity(load) : null,
      thresholds(load),
      volume(load),
      load.history ? [percentiles(load), statuses(load), failedAnswers(load), checks(load)] : null,
      outcomes(load),
    ]),
    load.history && load.metrics.length > 0
      ? folded(
          `All metrics of the script: ${count(load.metrics.length, 'metric')}`,
          metricTables(load),
        )
      : null,
  ];
}
/** Thresholds that decide the verdict are not folded where they are missed. */
function missed({ thresholds: all }: LoadResult): Value {
  const broken = all.filter(({ ok, judged }) => !(ok && judged));
  return broken.length === 0 ? null : thresholdTable(broken);
}

function findings({ findings: found }: LoadResult): Value {
  if (found.length === 0) return null;
  return markup`<h4>Found</h4>${list(found.map(findingSaid))}`;
}

function validity({ engine, validity: found, reasons }: LoadResult): Value {
  const measured = markup`<p class="small quiet">${generatorSaid(engine, found).join(' ')}</p>`;
  if (found.valid) {
    return markup`<div class="note"><p><strong>Figures valid.</strong> The load generator was not the limit.</p>${measured}</div>`;
  }
  const isTold = reasons.some(({ kind }) => kind === 'figures not valid');
  return markup`<div class="note open">${isTold ? null : markup`<p>${invaliditiesSaid(found)}</p>`}${measured}</div>`;
}

function thresholds({ thresholds: all }: LoadResult): Value {
  if (all.length === 0)
    return markup`<h4>Thresholds</h4><p>${verdictWord('not exercised')}: the scenario has none.</p>`;
  return markup`<h4>Thresholds</h4>${thresholdTable(all)}`;
}

function thresholdTable(all: LoadResult['thresholds']): Markup {
  return table(
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
  );
}

function volume(load: LoadResult): Value {
  const requestRate = perSecond(load.requests, load.durationMs);
  const contactRate = perSecond(load.contacts, load.durationMs);
  const each = (perSec: number | null): string =>
    perSec === null ? '' : ` (${rate(perSec)} a second)`;
  return markup`<h4>Volume</h4>${facts([
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

function percentiles(load: LoadResult): Value {
  const { latencyMs } = load;
  if (!latencyMs) {
    return markup`<h4>Percentiles</h4><p>${verdictWord('not exercised')}: no sample.</p>`;
  }
  const { min, p50, p90, p95, p99, max } = latencyMs;
  const columns = { min, p50, p90, p95, p99, max };
  return markup`<h4>Percentiles</h4>${table(
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
  )}${
    load.histogram.length === 0
      ? null
      : table(
          'How many requests took how long.',
          [
            { head: 'Response time' },
            { head: 'Requests', number: true, short: true },
            { head: 'Share', number: true, short: true },
          ],
          bucketRows(load).map((cells) => ({ cells })),
        )
  }`;
}

function statuses({ statuses: found, requests }: LoadResult): Value {
  const rows = Object.entries(found).toSorted(
    ([a], [b]) => rank(a) - rank(b) || Number(a) - Number(b),
  );
  if (rows.length === 0) return null;
  return markup`<h4>Status codes</h4>${table(
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
  return markup`<h4>Refused or without an answer</h4>${table(
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

const CHECK_WORDS: Readonly<Record<CheckStanding, Value>> = {
  passed: verdictWord('pass'),
  failed: verdictWord('fail'),
  allowed: verdictWord('not decidable', 'fails nothing'),
  'never made': verdictWord('not exercised'),
};

function checks(load: LoadResult): Value {
  if (load.checks.length === 0) return null;
  return markup`<h4>Checks</h4>${table(
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
  return markup`<h4>What became of the contacts</h4>${table(
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
  )}`;
}
