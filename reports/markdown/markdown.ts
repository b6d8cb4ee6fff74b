/** A run as Markdown for a step summary or a pull request comment: verdict first, details folded. */

import { type Changes, NO_CHANGES } from '../../run/compare/changes.ts';
import { duration, utc } from '../../run/figures.ts';
import type { Run } from '../../run/run.ts';
import { failuresFirst, standing } from '../../run/verdict.ts';
import { isPlainRun } from '../content/coverage.ts';
import { catcherSaid } from '../english/catcher.ts';
import { checkSaid } from '../english/checks.ts';
import { verdictMeans } from '../english/verdict.ts';
import { believable, broken, reproduced, whatChanged } from './answers.ts';
import { campaignDetails } from './campaigns.ts';
import { codes, contractDetails, dialCodesTable, errors } from './contracts.ts';
import { failures } from './failures.ts';
import { matrix } from './invariants.ts';
import { scenario } from './load.ts';
import { partsTable } from './parts.ts';
import { blocks, coded, folded, html, line, type Room, rows, verdictText } from './room.ts';
import { MOST_BYTES, table } from './text.ts';

/** Tried in turn until the text fits. The last is bound to: it has a few short lists of short texts. */
const ROOMS: readonly Room[] = [
  { items: 100, letters: 2_000 },
  { items: 40, letters: 400 },
  { items: 15, letters: 200 },
  { items: 5, letters: 80 },
  { items: 3, letters: 40 },
];

/**
 * GitHub-flavoured Markdown of at most 60,000 bytes, for a run of any size.
 *
 * @throws Error where even the shortest form of the report is longer.
 */

/**
 * GitHub-flavoured Markdown of at most 60,000 bytes, for a run of any size.
 *
 * @throws Error where even the shortest form of the report is longer.
 */
export function renderMarkdown(run: Run, changes: Changes = NO_CHANGES): string {
  for (const room of ROOMS) {
    const text = compose(run, changes, room);
    if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  }
  throw new Error('the smallest Markdown report is too large');
}

function compose(run: Run, changes: Changes, room: Room): string {
  const { verdict } = standing(run);
  return [
    `**dialproof: ${verdict}** — ${line(utc(run.startedAt), room)}, ${duration(run.durationMs)}, ${isPlainRun(run) ? 'k6 script' : `seed ${run.seed}, ${run.target.kind}, profile ${run.target.profile}`}`,
    ...blocks(run.target.bugs, room, (bug) => [
      `> **SEEDED BUG ${coded(bug, room)}: the emulator was told to misbehave.**`,
    ]),
    verdictMeans(run),
    broken(run, room),
    whatChanged(changes, room),
    believable(run, room),
    reproduced(run, room),
    partsTable(run, room),
    folded('Failures', failures(run, room)),
    folded('Invariants by scenario', matrix(run, room)),
    folded('Campaigns', campaignDetails(run, room)),
    isPlainRun(run)
      ? ''
      : folded('Failure codes and errors', [codes(run), dialCodesTable(run), errors(run)]),
    ...run.contracts.map((contract) =>
      folded(
        `Contract ${html(contract.name, room)}: coverage, mutants and drift`,
        contractDetails(contract, room),
      ),
    ),
    ...blocks(run.load, room, (load) => [
      folded(`Load ${html(load.scenario, room)}`, scenario(load, room)),
    ]),
    folded('Self-checks', selfChecks(run, room)),
    folded('Seeded bugs', seeded(run, room)),
    folded('Target', target(run, room)),
  ]
    .filter((block) => block !== '')
    .join('\n\n')
    .concat('\n');
}

function selfChecks({ selfChecks: checks }: Run, room: Room): string {
  return table(
    ['Check', 'What was seen', 'Verdict'],
    rows(failuresFirst(checks), room, ({ name, detail, verdict }) => [
      [line(name, room), line(checkSaid(detail), room), verdictText(verdict)],
    ]),
  );
}

function seeded({ seededBugs }: Run, room: Room): string {
  return table(
    ['Bug', 'What it does', 'Meant to be caught by', 'Here'],
    rows(seededBugs, room, ({ bug, meaning, catcher, caught }) => [
      [
        coded(bug, room),
        line(meaning, room),
        line(catcherSaid(catcher), room),
        caught === null ? 'that did not run' : caught ? 'caught' : '**not caught**',
      ],
    ]),
  );
}

function target(run: Run, room: Room): string {
  const { kind, url, choices } = run.target;
  return table(
    ['What', 'Value'],
    [
      ['Run', coded(run.id, room)],
      isPlainRun(run)
        ? ['Target', 'the addresses that the script calls']
        : ['Target', `${kind}, ${coded(url, room)}`],
      ...rows(Object.entries(choices), room, ([name, value]) => [
        [`Option ${coded(name, room)}`, coded(value, room)],
      ]),
    ],
  );
}
