/** A run as JSON, and back: what is written is checked by the reader that will read it. */

import { VERDICTS } from '../operation/connect/batch-put-contact/decide.ts';
import { UserError } from '../system/errors.ts';
import {
  amount,
  flag,
  list,
  Mismatch,
  number,
  oneOf,
  orNull,
  partial,
  type Reader,
  record,
  structure,
  text,
} from '../system/read.ts';
import type {
  AuditResult,
  Busy,
  CheckCount,
  CheckResult,
  ContactsResult,
  ContractsResult,
  CoverageCell,
  DriftResult,
  DriftRow,
  InteractionResult,
  InvariantResult,
  LoadResult,
  MutationResult,
  MutationScore,
  Percentiles,
  Run,
  RunVerdict,
  SeededBugResult,
  SeriesPoint,
  SurvivorRow,
  TargetFacts,
  ThresholdResult,
  ValidityResult,
  VerdictCounts,
} from './run.ts';

const verdict: Reader<RunVerdict> = oneOf('pass', 'fail', 'not exercised');
const counts: Reader<VerdictCounts> = partial(VERDICTS, amount);

const target = structure<TargetFacts>({
  url: text,
  kind: oneOf('embedded emulator', 'other endpoint'),
  profile: oneOf('aws', 'stress', 'stress and aws', 'unknown'),
  bugs: list(text),
  choices: record(text),
});

const contacts = structure<ContactsResult>({
  contacts: amount,
  batches: amount,
  contactsPerBatch: amount,
  locales: list(text),
  predicted: counts,
});

const check = structure<CheckResult>({ name: text, verdict, detail: text });

const score = structure<MutationScore>({ mutants: amount, killed: amount });

const contracts = structure<ContractsResult>({
  verdict,
  consumer: text,
  provider: text,
  pactFile: text,
  durationMs: amount,
  interactions: list(
    structure<InteractionResult>({
      description: text,
      pins: orNull(text),
      consumer: verdict,
      provider: orNull(verdict),
      detail: orNull(text),
    }),
  ),
  checks: list(check),
  coverage: list(
    structure<CoverageCell>({
      group: text,
      name: text,
      status: oneOf('pinned', 'asserted elsewhere', 'not covered', 'unaccounted'),
      by: list(text),
      reason: orNull(text),
    }),
  ),
  mutation: orNull(
    structure<MutationResult>({
      durationMs: amount,
      provider: score,
      client: score,
      survivors: list(
        structure<SurvivorRow>({
          side: oneOf('provider', 'client'),
          mutation: text,
          count: amount,
          reason: orNull(text),
        }),
      ),
    }),
  ),
  drift: orNull(
    structure<DriftResult>({
      against: text,
      differences: list(
        structure<DriftRow>({ level: oneOf('breaking', 'warning', 'notice'), what: text }),
      ),
    }),
  ),
});

const audit = structure<AuditResult>({
  verdict,
  attempts: amount,
  ledger: flag,
  invariants: list(
    structure<InvariantResult>({
      name: text,
      statement: text,
      verdict: oneOf('holds', 'violated', 'not decidable'),
      checked: amount,
      violations: amount,
      evidence: list(text),
    }),
  ),
});

const load = structure<LoadResult>({
  scenario: text,
  verdict,
  reasons: list(text),
  findings: list(text),
  engine: structure<LoadResult['engine']>({ name: oneOf('dialproof', 'k6'), version: text }),
  startedAt: text,
  durationMs: amount,
  iterations: amount,
  requests: amount,
  contacts: amount,
  statuses: record(amount),
  predicted: counts,
  answered: counts,
  latencyMs: orNull(
    structure<Percentiles>({
      min: amount,
      p50: amount,
      p90: amount,
      p95: amount,
      p99: amount,
      max: amount,
    }),
  ),
  series: list(
    structure<SeriesPoint>({
      second: amount,
      requests: amount,
      errors: amount,
      p50: amount,
      p99: amount,
    }),
  ),
  thresholds: list(
    structure<ThresholdResult>({
      metric: text,
      expression: text,
      ok: flag,
      value: orNull(number),
    }),
  ),
  checks: list(structure<CheckCount>({ name: text, passes: amount, fails: amount })),
  validity: structure<ValidityResult>({
    valid: flag,
    reasons: list(text),
    droppedIterations: amount,
    latenessP99Ms: orNull(number),
    eventLoopDelayP99Ms: orNull(number),
    busy: orNull(structure<Busy>({ what: text, share: number })),
  }),
  audit,
});

const seededBug = structure<SeededBugResult>({
  bug: text,
  meaning: text,
  catcher: text,
  caught: orNull(flag),
});

const run = structure<Run>({
  schema: oneOf('dialproof-run/1'),
  id: text,
  startedAt: text,
  durationMs: amount,
  seed: number,
  verdict,
  reasons: list(text),
  versions: record(text),
  target,
  contacts: orNull(contacts),
  contracts: orNull(contracts),
  load: list(load),
  seededBugs: list(seededBug),
  selfChecks: list(check),
  interrupted: flag,
});

/**
 * Renders a run as indented JSON that `readRun` reads back equal.
 *
 * @throws Error naming the member, where a number is not finite or a member is missing.
 */
export function renderJson(toWrite: Run): string {
  return `${JSON.stringify(run(toWrite, ''), null, 2)}\n`;
}

/**
 * Reads a run that `renderJson` wrote.
 *
 * @param name what to call the file in a refusal.
 * @throws UserError with the first thing that is wrong with it.
 */
export function readRun(json: string, name = 'run.json'): Run {
  try {
    return run(JSON.parse(json), '');
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new UserError(
        `${name} is not JSON (${error.message}); run the tests again to write it`,
      );
    }
    if (error instanceof Mismatch) {
      throw new UserError(
        `${name} is not a run of dialproof: ${error.message}; run the tests again to write it`,
      );
    }
    throw error;
  }
}
