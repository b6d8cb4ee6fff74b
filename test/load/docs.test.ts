/** The tables of docs/load.md and docs/history.md are those of the code. UPDATE_GOLDEN=1 writes them. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUGS, type BugName } from '../../emulator/bugs/bugs.ts';
import { INVARIANTS, type InvariantRow } from '../../load/audit/invariants.ts';
import { SCENARIOS, type ScenarioRow } from '../../load/lib/profiles.ts';
import { ROAD_INVARIANTS } from '../../load/road/invariants.ts';
import { BUG_CATCHERS } from '../../load/self-check/bug-catchers.ts';
import { catcherCommand, catcherSign } from '../../reports/english/catcher.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { expectGoldenParts, markdownTable } from '../support/golden.ts';

const LOAD = join(PACKAGE_ROOT, 'docs', 'load.md');
const HISTORY = join(PACKAGE_ROOT, 'docs', 'history.md');

const scenarios = markdownTable(
  ['scenario', 'what', 'objective', 'endpoint', 'profile'],
  Object.entries<ScenarioRow>(SCENARIOS).map(
    ([name, { meaning, objective, endpoint, profile }]) => [
      `\`${name}\``,
      meaning,
      objective,
      `\`${endpoint}\``,
      Object.entries(profile)
        .map(([key, value]) => `${key} ${value}`)
        .join(', '),
    ],
  ),
);

const bugs = markdownTable(
  ['bug', 'what it does', 'caught by', 'which says'],
  (Object.keys(BUGS) as BugName[]).map((bug) => {
    const catcher = BUG_CATCHERS[bug];
    const command = `\`${catcherCommand(catcher)}\``;
    return [`\`${bug}\``, BUGS[bug].meaning, command, catcherSign(catcher)];
  }),
);

const tableOf = (rows: Readonly<Record<string, InvariantRow>>) =>
  markdownTable(
    ['invariant', 'statement', 'needs, beside the history'],
    Object.entries(rows).map(([name, { statement, needs }]) => [
      name,
      statement,
      needs.filter((witness) => witness !== 'whole history' && witness !== 'contacts').join(', '),
    ]),
  );

const example = (file: string) =>
  [
    '```ts',
    readFileSync(join(PACKAGE_ROOT, 'docs', 'examples', file), 'utf8').trimEnd(),
    '```',
  ].join('\n');

test.each([
  [
    LOAD,
    {
      scenarios,
      example: example('evening-batch.ts'),
      'road-example': example('morning-calls.ts'),
      bugs,
    },
  ],
  [HISTORY, { invariants: tableOf(INVARIANTS), 'road-invariants': tableOf(ROAD_INVARIANTS) }],
])('%s has the tables and the examples of the code', expectGoldenParts);
