/** The result of a script without a history as lines for the terminal, as k6 prints it at the end of a test. */

import { figure, whole } from '../run/figures.ts';
import type { LoadResult } from '../run/run.ts';
import { visibleLine } from '../system/visible.ts';
import { checkRows } from './content/checks.ts';
import { metricGroups, metricSaid } from './content/metrics.ts';
import { failedAnswerSaid } from './english/load.ts';

type Row = readonly [mark: string, name: string, value: string];

/** A title with the rows below it. Without a row, neither is shown. */
interface Block {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** A string per line, without control characters. */
export function endOfTestLines(load: LoadResult): readonly string[] {
  const blocks = [checks(load), thresholds(load), failed(load), ...metrics(load)];
  const shown = blocks.filter(({ rows }) => rows.length > 0);
  const width = Math.max(
    0,
    ...shown.flatMap(({ rows }) => rows.map(([, name]) => visibleLine(name).length)),
  );
  return shown.flatMap(({ title, rows }) => [
    title,
    ...rows.map(([mark, name, value]) =>
      `  ${mark} ${visibleLine(name).padEnd(width)}  ${visibleLine(value)}`.trimEnd(),
    ),
  ]);
}

function checks(load: LoadResult): Block {
  const marks = { passed: '✓', failed: '✗', allowed: '✗', 'never made': '-' };
  const rows = checkRows(load).map(({ label, passes, fails, standing }): Row => {
    const value = `${whole(passes)} of ${whole(passes + fails)}`;
    return [marks[standing], label, standing === 'never made' ? 'never made' : value];
  });
  return { title: 'checks', rows };
}

function thresholds(load: LoadResult): Block {
  const rows = load.thresholds.map(({ metric, expression, ok, value, judged }): Row => {
    const shown = value === null ? 'no sample' : figure(value);
    const mark = judged ? (ok ? '✓' : '✗') : '?';
    return [mark, `${metric} ${expression}`, judged ? shown : `${shown} (not judged)`];
  });
  return { title: 'thresholds', rows };
}

function failed({ failedAnswers }: LoadResult): Block {
  const rows = failedAnswers.map((one): Row => [' ', failedAnswerSaid(one), whole(one.count)]);
  return { title: 'refused or without an answer', rows };
}

function metrics(load: LoadResult): readonly Block[] {
  return metricGroups(load).map(({ title, metrics: own }) => ({
    title,
    rows: own.map((one): Row => [' ', one.name, metricSaid(one)]),
  }));
}
