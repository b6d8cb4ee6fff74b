/** A load scenario in Markdown: thresholds, response times, answers, checks, metrics. */

import { figure, whole } from '../../run/figures.ts';
import type { LoadResult } from '../../run/run.ts';
import { type CheckStanding, checkRows } from '../content/checks.ts';
import { generatorSaid, invaliditiesSaid } from '../content/generator.ts';
import { metricGroups, metricSaid } from '../content/metrics.ts';
import { failedAnswerSaid, findingSaid } from '../english/load.ts';
import { blocks, coded, line, type Room, rows, verdictText } from './room.ts';
import { table } from './text.ts';

export function scenario(load: LoadResult, room: Room): readonly string[] {
  const { latencyMs: found, validity, engine } = load;
  return [
    `Engine ${line(engine.name, room)} ${line(engine.version, room)}. ${
      validity.valid ? 'Figures valid.' : `**${line(invaliditiesSaid(validity), room)}**`
    } ${line(generatorSaid(engine, validity).join(' '), room)}`,
    blocks(load.findings, room, (finding) => [`- ${line(findingSaid(finding), room)}`]).join('\n'),
    table(
      ['Threshold', 'Value', 'Verdict'],
      rows(
        load.thresholds.toSorted((a, b) => Number(a.ok) - Number(b.ok)),
        room,
        (one) => [
          [
            coded(`${one.metric} ${one.expression}`, room),
            one.value === null ? 'no sample' : figure(one.value),
            verdictText(one.judged ? (one.ok ? 'pass' : 'fail') : 'not valid'),
          ],
        ],
      ),
    ),
    found
      ? table(
          ['Response time, ms', ...Object.keys(found)],
          [['all requests', ...Object.values(found).map((ms: number) => figure(ms))]],
        )
      : load.history
        ? 'Response time: not exercised.'
        : '',
    table(
      ['Status', 'Requests'],
      rows(Object.entries(load.statuses), room, ([status, n]) => [
        [status === '0' ? 'no answer' : line(status, room), whole(n)],
      ]),
    ),
    table(
      ['Refused or without an answer', 'Requests'],
      rows(load.failedAnswers, room, (one) => [
        [line(failedAnswerSaid(one), room), whole(one.count)],
      ]),
    ),
    table(
      ['Check', 'Passed', 'Failed', 'Verdict'],
      rows(checkRows(load), room, ({ label, passes, fails, standing }) => [
        [line(label, room), whole(passes), whole(fails), CHECK_WORDS[standing]],
      ]),
    ),
    load.history
      ? ''
      : table(
          ['Metric', 'Value'],
          rows(
            metricGroups(load).flatMap(({ metrics }) => metrics),
            room,
            (one) => [[coded(one.name, room), line(metricSaid(one), room)]],
          ),
        ),
  ];
}

const CHECK_WORDS: Readonly<Record<CheckStanding, string>> = {
  passed: 'pass',
  failed: '**fail**',
  allowed: 'fails nothing',
  'never made': 'not exercised',
};
