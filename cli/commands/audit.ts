/** dialproof audit: checks a history, with the other sources that are given, against the invariants. */

import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { readManifest, readPredictions } from '../../generators/corpus.ts';
import { audit } from '../../load/audit/audit.ts';
import { contactsInFull, dialRequestsOf } from '../../load/drive/road-records.ts';
import { contactIdsIn, readLedger, readLedgerFile } from '../../load/endpoint/ledger.ts';
import { tokenLifetimeAt } from '../../load/endpoint/token-lifetime.ts';
import { readHistory } from '../../load/history/history.ts';
import { auditRoad } from '../../load/road/audit-road.ts';
import { readDialFile, readDialList, readEventFile } from '../../load/road/read-files.ts';
import { type RoadHistory, readRoadHistory } from '../../load/road/road-history.ts';
import type { Quota } from '../../operation/connect/limits.ts';
import { evidenceSaid } from '../../reports/english/audit.ts';
import type { AuditResult, InvariantResult } from '../../run/run.ts';
import { UserError } from '../../system/errors.ts';
import { controlOrigin } from '../options/control-origin.ts';
import { readQuota } from '../options/load-options.ts';
import { wholeNumber } from '../options/read-option.ts';
import { mark } from '../stages/report-run.ts';
import { exitCodeOf } from '../terminal/exit-codes.ts';
import { Terminal } from '../terminal/terminal.ts';

interface AuditOptions {
  readonly history: string;
  readonly ledger?: string;
  readonly control?: string;
  readonly ledgerBefore?: string;
  readonly corpus?: string;
  readonly quota?: Quota;
  readonly tokenLifetime?: number;
  readonly dials?: string;
  readonly events?: string;
  readonly cut?: boolean;
  readonly json?: boolean;
}

export function auditCommand(command: Command): void {
  command
    .description('check a history of any size against the invariants')
    .requiredOption('--history <file>', 'history of a run (docs/history.md)')
    .option('--ledger <file>', 'ledger, as saved from GET /ledger of the control door')
    .option('--control <url>', 'control door of the emulator, to read its ledger')
    .option(
      '--ledger-before <file>',
      'ledger, as saved before the run; an empty file if it was empty',
    )
    .option(
      '--corpus <dir>',
      'corpus or dial list that was sent, to compare its predictions with the answers',
    )
    .option('--quota <rate/burst>', 'quota of the target, such as 10/15', readQuota)
    .option(
      '--token-lifetime <seconds>',
      'how long the target remembers a ClientToken (default: what --control says, else 7 days)',
      wholeNumber(1, 31_536_000),
    )
    .option('--dials <file>', 'dial records, for a history of dial requests')
    .option('--events <file>', 'contact events as NDJSON, for a history of dial requests')
    .option('--cut', 'the run was interrupted: calls in progress at its end left no line')
    .option('--json', 'print the audit as JSON')
    .addHelpText(
      'after',
      `
Examples:
  dialproof audit --history out/latest/replay.history.tsv --corpus out/latest/corpus
  curl -s http://127.0.0.1:4011/ledger > ledger.ndjson
  dialproof audit --history run.history.tsv --ledger ledger.ndjson --quota 10/15`,
    )
    .action(async (options: AuditOptions) => {
      const terminal = new Terminal(options.json === true);
      const result = await run(options);
      if (terminal.json) terminal.document(result);
      else tell(terminal, result);
      process.exitCode = exitCodeOf(result.verdict, false);
    });
}

async function run(options: AuditOptions): Promise<AuditResult> {
  const { history, ledgerBefore, corpus, quota, cut } = options;
  const { size } = await stat(history).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`cannot read the history ${history} (${error.code})`);
  });
  const road = await readRoadHistory(history);
  if (road.lines.length > 0) return auditDials(road, options);
  if (options.dials !== undefined || options.events !== undefined) {
    throw new UserError(
      `${history} is no history of dial requests: leave out --dials and --events`,
    );
  }
  const result = await audit({
    history: readHistory(history),
    historyBytes: size,
    predictions: corpus ? await readPredictions(corpus, await readManifest(corpus)) : null,
    ledger: ledgerOf(options),
    before: ledgerBefore === undefined ? null : readLedgerFile(ledgerBefore),
    quota: quota ?? null,
    tokenLifetimeSeconds: await tokenLifetimeOf(options),
    cut: cut === true,
  });
  if (result.attempts > 0) return result;
  throw new UserError(
    `${history} contains no attempt: give the history of a run (docs/history.md)`,
  );
}

/** A history of the dial road. Contacts and failures are asked of the control door. */
async function auditDials(
  { lines, cut }: RoadHistory,
  { control, dials, events, corpus, ledgerBefore, cut: wasCut }: AuditOptions,
): Promise<AuditResult> {
  const controlUrl = control === undefined ? null : controlOrigin(control);
  return auditRoad({
    lines,
    records: corpus === undefined ? null : await readDialList(corpus),
    contacts: controlUrl === null ? null : await contactsInFull(controlUrl),
    told: controlUrl === null ? null : await dialRequestsOf(controlUrl),
    before: ledgerBefore === undefined ? null : await contactIdsIn(ledgerBefore),
    dials: dials === undefined ? null : await readDialFile(dials),
    events: events === undefined ? null : await readEventFile(events),
    calls: null,
    cut: cut || wasCut === true,
  });
}

async function tokenLifetimeOf({ tokenLifetime, control }: AuditOptions): Promise<number | null> {
  if (tokenLifetime !== undefined) return tokenLifetime;
  return control === undefined ? null : tokenLifetimeAt(controlOrigin(control));
}

function ledgerOf({
  ledger,
  control,
  ledgerBefore,
}: Pick<AuditOptions, 'ledger' | 'control' | 'ledgerBefore'>) {
  if (ledgerBefore !== undefined && ledger === undefined && control === undefined) {
    throw new UserError(
      '--ledger-before is compared with the ledger after the run: give --ledger or --control too',
    );
  }
  if (ledger !== undefined && control !== undefined) {
    throw new UserError('--ledger and --control both name a ledger: give only one of them');
  }
  if (ledger !== undefined) return readLedgerFile(ledger);
  return control === undefined ? null : readLedger(controlOrigin(control));
}

function tell(terminal: Terminal, { verdict, attempts, invariants }: AuditResult): void {
  const width = Math.max(...invariants.map(({ name }) => name.length));
  for (const invariant of invariants) {
    terminal.say(
      `${said(terminal, invariant)}  ${invariant.name.padEnd(width)}  ${counts(invariant)}`,
    );
    for (const one of invariant.evidence) terminal.say(`    ${evidenceSaid(one)}`);
  }
  terminal.say(`${mark(terminal.paint, verdict)}: ${attempts} attempts audited`);
}

function said({ paint }: Terminal, { verdict }: InvariantResult): string {
  const word = verdict.padEnd('not decidable'.length);
  if (verdict === 'holds') return paint('green', word);
  return paint(verdict === 'violated' ? 'red' : 'yellow', word);
}

function counts({ checked, violations }: InvariantResult): string {
  return violations > 0 ? `${violations} of ${checked}` : `${checked} checked`;
}
