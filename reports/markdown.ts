/** A run as Markdown for a step summary or a pull request comment: verdict first, details folded. */

import { causesOf } from '../run/causes/causes.ts';
import { type Changes, NO_CHANGES } from '../run/compare/changes.ts';
import { count, duration, figure, utc, whole } from '../run/figures.ts';
import type { ContractsResult, InvariantResult, LoadResult, Run, RunVerdict } from '../run/run.ts';
import {
  failuresFirst,
  interactionVerdict,
  judgeAudit,
  judgeCampaigns,
  judgeContracts,
  judgeCoverage,
  judgeDrift,
  judgeLoad,
  judgeMutation,
  judgeSelfChecks,
  standing,
} from '../run/verdict.ts';
import { clip, visible, visibleLine } from '../system/visible.ts';
import { type CheckStanding, checkRows } from './content/checks.ts';
import {
  coverageGroups,
  coverageSaid,
  driftSaid,
  interactionsPassedSaid,
  mutationSaid,
} from './content/contract-figures.ts';
import { codeRows, errorRows, gaps, isPlainRun } from './content/coverage.ts';
import { generatorSaid, invaliditiesSaid } from './content/generator.ts';
import { metricGroups, metricSaid } from './content/metrics.ts';
import { originFacts } from './content/origin.ts';
import { asideSaid, campaignsSaid, roadSteps } from './content/road.ts';
import { evidenceSaid } from './english/audit.ts';
import { catcherSaid } from './english/catcher.ts';
import { causeSaid } from './english/causes.ts';
import {
  changeSaid,
  EFFECT_WORDS,
  extentSaid,
  limitsSaid,
  missingSaid,
  runNamedSaid,
} from './english/changes.ts';
import { checkSaid } from './english/checks.ts';
import { driftRowSaid, mutantSaid, troubleSaid } from './english/contracts.ts';
import { failedAnswerSaid, findingSaid } from './english/load.ts';
import { campaignViolationSaid } from './english/road.ts';
import { runReasonSaid } from './english/run.ts';
import { MOST_BYTES, line as plainLine, table, unlinked } from './markdown-text.ts';
import { auditSaid, loadSaid, selfChecksSaid } from './terminal.ts';

/** How much a list and a text may take. */
export interface Room {
  readonly items: number;
  readonly letters: number;
}

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
export function renderMarkdown(run: Run, changes: Changes = NO_CHANGES): string {
  for (const room of ROOMS) {
    const text = compose(run, changes, room);
    if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  }
  throw new Error('the smallest Markdown report is too large');
}

function compose(run: Run, changes: Changes, room: Room): string {
  const { verdict, reasons } = standing(run);
  return [
    `**dialproof: ${verdict}** — ${line(utc(run.startedAt), room)}, ${duration(run.durationMs)}, ${isPlainRun(run) ? 'k6 script' : `seed ${run.seed}, ${run.target.kind}, profile ${run.target.profile}`}`,
    ...blocks(run.target.bugs, room, (bug) => [
      `> **SEEDED BUG ${coded(bug, room)}: the emulator was told to misbehave.**`,
    ]),
    blocks(reasons, room, (reason) => [line(runReasonSaid(reason), room)])
      .map((reason) => `- ${reason}`)
      .join('\n'),
    causes(run, room),
    whatChanged(changes, room),
    summary(run, room),
    unexercised(run, room),
    folded('Failures', failures(run, room)),
    isPlainRun(run) ? '' : folded('Failure codes and errors', [codes(run), errors(run)]),
    folded('Campaigns', campaignDetails(run, room)),
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
    folded('Environment', environment(run, room)),
  ]
    .filter((block) => block !== '')
    .join('\n\n')
    .concat('\n');
}

function causes(run: Run, room: Room): string {
  const found = causesOf(run);
  if (found.length === 0) return '';
  const list = blocks(found, room, (one) => [
    `${line(causeSaid(one), room)}, ${count(one.places.length, 'failed check')}: ${coded(one.id, room)}`,
  ]);
  return ['What broke, by cause:', '', ...list.map((text) => `- ${text}`)].join('\n');
}

function whatChanged({ comparisons, missing }: Changes, room: Room): string {
  return [
    ...comparisons.map((one) =>
      [
        `**Since ${line(one.against, room)}** (${line(runNamedSaid(one.before), room)}): ${extentSaid(one)}.`,
        table(
          ['Change', 'Kind'],
          rows(one.changes, room, (change) => [
            [
              line(changeSaid(change), room),
              change.effect === 'regression' ? '**Regression**' : EFFECT_WORDS[change.effect],
            ],
          ]),
        ),
        ...limitsSaid(one).map((text) => line(text, room)),
      ]
        .filter((text) => text !== '')
        .join('\n\n'),
    ),
    ...missing.map((one) => line(missingSaid(one), room)),
  ].join('\n\n');
}

function summary(run: Run, room: Room): string {
  return table(
    ['Part', 'Verdict', 'Figures'],
    [
      ...(run.contracts.length > 0
        ? run.contracts.flatMap((contract) => contractRows(contract, room))
        : isPlainRun(run)
          ? []
          : [['Contracts', 'not exercised', '']]),
      ...(run.campaigns
        ? [
            [
              'Campaigns',
              verdictText(judgeCampaigns(run.campaigns).verdict),
              campaignsSaid(run.campaigns),
            ],
          ]
        : []),
      ...(run.load.length === 0 ? [['Load and audit', 'not exercised', '']] : []),
      ...rows(run.load, room, (load) => [
        [`Load ${line(load.scenario, room)}`, verdictText(judgeLoad(load).verdict), loadSaid(load)],
        ...(load.history
          ? [
              [
                `Audit ${line(load.scenario, room)}`,
                verdictText(judgeAudit(load.audit)),
                auditSaid(load.audit),
              ],
            ]
          : []),
      ]),
      ...(run.selfChecks.length === 0
        ? []
        : [
            [
              'Self-checks',
              verdictText(judgeSelfChecks(run.selfChecks).verdict),
              selfChecksSaid(run.selfChecks),
            ],
          ]),
    ],
  );
}

function contractRows(contract: ContractsResult, room: Room): readonly (readonly string[])[] {
  const { name, interactions, coverage, mutation, drift } = contract;
  return [
    [
      `Contract ${line(name, room)}`,
      verdictText(judgeContracts(contract).verdict),
      interactionsPassedSaid(interactions),
    ],
    ...(coverage.length > 0
      ? [['Coverage', verdictText(judgeCoverage(coverage)), coverageSaid(coverage)]]
      : []),
    ...(mutation
      ? [['Mutation', verdictText(judgeMutation(mutation)), mutationSaid(mutation)]]
      : []),
    ...(drift ? [['Drift', verdictText(judgeDrift(drift)), line(driftSaid(drift), room)]] : []),
  ];
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

function campaignDetails({ campaigns }: Run, room: Room): readonly string[] {
  if (!campaigns) return [];
  return [
    table(
      ['Step', 'Dial requests', 'Of these, or of the others'],
      rows(roadSteps(campaigns), room, (step) => [
        [step.name, whole(step.count), line(asideSaid(step), room)],
      ]),
    ),
    table(
      ['Check', 'Checked', 'Violations', 'Verdict'],
      rows(failuresFirst(campaigns.checks), room, (one) => [
        [line(one.name, room), whole(one.checked), whole(one.violations), verdictText(one.verdict)],
      ]),
    ),
  ];
}

function contractDetails(
  { coverage, mutation, drift }: ContractsResult,
  room: Room,
): readonly string[] {
  return [
    table(
      ['Group', 'Cells', 'Pinned', 'Asserted elsewhere', 'Not covered'],
      rows(coverageGroups(coverage), room, ({ group, cells, pinned, elsewhere, uncovered }) => [
        [line(group, room), ...[cells.length, pinned, elsewhere, uncovered].map(whole)],
      ]),
    ),
    table(
      ['Survivor', 'Side', 'Mutants', 'Reason'],
      rows(mutation?.survivors ?? [], room, (one) => [
        [
          line(mutantSaid(one.mutation), room),
          one.side,
          whole(one.count),
          one.reason === null ? '**none**' : line(one.reason, room),
        ],
      ]),
    ),
    table(
      ['Difference', 'Level'],
      rows(drift?.differences ?? [], room, (row) => [[line(driftRowSaid(row), room), row.level]]),
    ),
  ];
}

function unexercised(run: Run, room: Room): string {
  const found = gaps(run);
  const shown = blocks(found, room, (gap) => [line(gap, room)]);
  return found.length === 0 ? '' : `Not exercised: ${shown.join(', ')}.`;
}

function failures(run: Run, room: Room): readonly string[] {
  const broken = run.contracts
    .flatMap(({ interactions }) => interactions)
    .filter((one) => interactionVerdict(one) === 'fail');
  const checks = run.contracts
    .flatMap(({ checks }) => checks)
    .filter((one) => one.verdict === 'fail');
  return [
    ...blocks(broken, room, (one) => [
      `Contract: ${line(one.description, room)}${block([one.detail ? troubleSaid(one.detail) : 'no detail'], room)}`,
    ]),
    ...blocks(checks, room, (one) => [
      `Contract check: ${line(one.name, room)}${block([checkSaid(one.detail)], room)}`,
    ]),
    ...blocks(
      run.campaigns?.checks.filter(({ verdict }) => verdict === 'fail') ?? [],
      room,
      (one) => [
        `Campaigns: ${line(one.name, room)}${block(one.evidence.map(campaignViolationSaid), room)}`,
      ],
    ),
    ...blocks(run.load, room, (load) => loadFailures(load, room)),
  ];
}

function loadFailures(
  { scenario: name, audit, ...load }: LoadResult,
  room: Room,
): readonly string[] {
  const where = line(name, room);
  return [
    ...blocks(
      load.thresholds.filter(({ ok, judged }) => judged && !ok),
      room,
      ({ metric, expression, value }) => [
        `Load ${where}: threshold ${coded(`${metric} ${expression}`, room)} not met: ${value === null ? 'no sample' : figure(value)}`,
      ],
    ),
    ...blocks(
      load.history ? audit.invariants.filter((one) => one.verdict !== 'holds') : [],
      room,
      (one) => [invariantText(where, one, room)],
    ),
  ];
}

function invariantText(where: string, one: InvariantResult, room: Room): string {
  const times = one.violations > 0 ? ` ${count(one.violations, 'time')}` : '';
  return `Audit ${where}: **${one.verdict}**${times}: ${line(one.statement, room)} (${coded(one.name, room)})${block(one.evidence.map(evidenceSaid), room)}`;
}

function codes(run: Run): string {
  const under = (n: number | null): string => (n === null ? 'not exercised' : whole(n));
  return table(
    ['Code', 'Predicted', 'Answered', 'Consumer', 'Provider', 'Provenance'],
    codeRows(run).map((row) => [
      `\`${row.code}\``,
      under(row.predicted),
      row.predicted === 0 && row.answered === 0 ? 'not exercised' : under(row.answered),
      verdictText(row.consumer),
      verdictText(row.provider),
      `${row.provenance.mark}: ${row.provenance.source}`,
    ]),
  );
}

function errors(run: Run): string {
  return table(
    ['Error', 'Status', 'Consumer', 'Provider', 'Name', 'Trigger'],
    errorRows(run).map((row) => [
      `\`${row.name}\``,
      String(row.status),
      verdictText(row.consumer),
      verdictText(row.provider),
      `${row.provenance.mark}: ${row.provenance.source}`,
      `${row.trigger.mark}: ${row.trigger.source}`,
    ]),
  );
}

function scenario(load: LoadResult, room: Room): readonly string[] {
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

function environment(run: Run, room: Room): string {
  const { target } = run;
  return table(
    ['What', 'Value'],
    [
      ['Run', coded(run.id, room)],
      ...originFacts(run).map(([name, value]) => [name, coded(value, room)]),
      isPlainRun(run)
        ? ['Target', 'the addresses that the script calls']
        : ['Target', `${target.kind}, ${coded(target.url, room)}`],
      ...rows(Object.entries(target.choices), room, ([name, value]) => [
        [`Option ${coded(name, room)}`, coded(value, room)],
      ]),
      ...rows(Object.entries(run.versions), room, ([name, version]) => [
        [coded(name, room), coded(version, room)],
      ]),
    ],
  );
}

export function verdictText(verdict: RunVerdict): string {
  return verdict === 'fail' ? '**fail**' : verdict;
}

/** The blocks of the first items, and a word on the items that had no room. */
function blocks<Item>(
  items: readonly Item[],
  room: Room,
  make: (item: Item) => readonly string[],
): readonly string[] {
  return [...items.slice(0, room.items).flatMap(make), ...more(items, room)];
}

/** The table rows of the first items, and a row on the items that had no room. */
function rows<Item>(
  items: readonly Item[],
  room: Room,
  make: (item: Item) => readonly (readonly string[])[],
): readonly (readonly string[])[] {
  return [...items.slice(0, room.items).flatMap(make), ...more(items, room).map((text) => [text])];
}

function more(items: readonly unknown[], room: Room): readonly string[] {
  return items.length > room.items
    ? [`${whole(items.length - room.items)} more rows in the artifact`]
    : [];
}

function folded(title: string, content: string | readonly string[]): string {
  const kept = [content].flat().filter((text) => text !== '');
  if (kept.length === 0) return '';
  return `<details><summary>${title}</summary>\n\n${kept.join('\n\n')}\n\n</details>`;
}

/** Text in a code block, its fence longer than any run of backticks in the text. */
function block(texts: readonly string[], room: Room): string {
  const shown = blocks(texts, room, (text) => [clip(visible(text), room.letters)]).join('\n');
  if (shown === '') return '';
  const longest = Math.max(2, ...(shown.match(/`+/g) ?? []).map((found) => found.length));
  const fence = '`'.repeat(longest + 1);
  return `\n\n${fence}text\n${shown}\n${fence}`;
}

/** One line of text in code face. */
export function coded(text: string, room: Room): string {
  // Within backticks nothing can be escaped, and a table is cut at a pipe before code is seen.
  return /^[^`|\\]+$/.test(text)
    ? `\`${clip(visibleLine(text), room.letters)}\``
    : `<code>${line(text, room)}</code>`;
}

/** Text within an HTML element of the Markdown. */
function html(text: string, { letters }: Room): string {
  return unlinked(clip(visibleLine(text), letters))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** One line of text that is only text. */
function line(text: string, { letters }: Room): string {
  return plainLine(text, letters);
}
