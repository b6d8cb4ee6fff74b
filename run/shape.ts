/** The shape of a run's JSON without its statements. How statements are read depends on the version. */

import { VERDICTS } from '../operation/connect/batch-put-contact/decide.ts';
import type { Host, Origin } from '../system/origin.ts';
import {
  amount,
  anything,
  flag,
  list,
  number,
  oneOf,
  optional,
  orNull,
  partial,
  type Reader,
  record,
  structure,
  text,
} from '../system/read.ts';
import type {
  AgentsPoint,
  AgentsResult,
  AimPoint,
  AuditResult,
  Busy,
  CampaignCheck,
  CampaignResult,
  CampaignsResult,
  CheckCount,
  CheckResult,
  Configuration,
  ContactsResult,
  ContractsResult,
  CoverageCell,
  DriftResult,
  DriftRow,
  FailedAnswer,
  InteractionResult,
  InvariantResult,
  LatencyBucket,
  LoadAim,
  LoadResult,
  MetricResult,
  MutationResult,
  MutationScore,
  PartVerdict,
  Percentiles,
  Promised,
  RoadStage,
  Run,
  RunVerdict,
  SeededBugResult,
  SeriesPoint,
  StageLatency,
  SurvivorRow,
  TargetFacts,
  ThresholdResult,
  ValidityResult,
  VerdictCounts,
} from './run.ts';
import type { Evidence } from './statements/audit.ts';
import { campaignViolation } from './statements/campaigns.ts';
import type { CatcherNamed } from './statements/catcher.ts';
import type { CheckDetail } from './statements/checks.ts';
import { type Mutation, type Trouble, undocumented } from './statements/contracts.ts';
import type { Finding, Invalidity, LoadReason } from './statements/load.ts';
import type { RunReason } from './statements/run.ts';

/** How a version of the format writes what a run says. */
export interface Statements {
  readonly schema: Reader<Run['schema']>;
  readonly runReason: Reader<RunReason>;
  readonly loadReason: Reader<LoadReason>;
  readonly finding: Reader<Finding>;
  readonly invalidity: Reader<Invalidity>;
  readonly evidence: Reader<Evidence>;
  readonly check: Reader<CheckDetail>;
  readonly trouble: Reader<Trouble>;
  readonly mutation: Reader<Mutation>;
  readonly drift: Reader<DriftRow>;
  readonly catcher: Reader<CatcherNamed>;
  readonly promised: Reader<Promised | null>;
  /** The reader of a member that version 3 has added: `read`, or one that gives `otherwise` for older versions. */
  readonly added: <T>(read: Reader<T>, otherwise: T) => Reader<T>;
  /** How the version writes the contracts. @param read reads one of them. */
  readonly contracts: (read: Reader<ContractsResult>) => Reader<Run['contracts']>;
}

const partVerdict: Reader<PartVerdict> = oneOf('pass', 'fail', 'not exercised');
const verdict: Reader<RunVerdict> = oneOf('pass', 'fail', 'not valid', 'not exercised');
const counts: Reader<VerdictCounts> = partial(VERDICTS, amount);

const target = structure<TargetFacts>({
  url: text,
  kind: oneOf('embedded emulator', 'other endpoint'),
  profile: oneOf('aws', 'stress', 'stress and aws', 'unknown'),
  bugs: list(text),
  choices: record(text),
});

const origin = structure<Origin>({
  command: text,
  host: structure<Host>({ name: text, system: text, processors: amount, model: text }),
  commit: orNull(text),
  branch: orNull(text),
  modified: orNull(flag),
  buildUrl: orNull(text),
});

const configuration = structure<Configuration>({ file: text, values: record(anything) });

const contacts = structure<ContactsResult>({
  contacts: amount,
  batches: amount,
  contactsPerBatch: amount,
  locales: list(text),
  predicted: counts,
});

const checkOf = (detail: Reader<CheckDetail>) =>
  structure<CheckResult>({ name: text, verdict: partVerdict, detail });

const roadStage = oneOf<RoadStage>('accepted', 'contact', 'ringing', 'agent', 'ended');

const stageLatency = structure<StageLatency>({
  from: roadStage,
  to: roadStage,
  count: amount,
  p50Ms: amount,
  p95Ms: amount,
});

const agentsResult = structure<AgentsResult>({
  agents: amount,
  occupancy: orNull(amount),
  waited: amount,
  abandoned: amount,
  series: list(
    structure<AgentsPoint>({
      second: amount,
      occupancy: orNull(amount),
      ringing: amount,
      withAgents: amount,
    }),
  ),
});

const campaigns = structure<CampaignsResult>({
  verdict: partVerdict,
  startedAt: text,
  durationMs: amount,
  campaigns: list(
    structure<CampaignResult>({
      version: amount,
      operation: text,
      sent: amount,
      accepted: amount,
      refused: record(amount),
      throttled: optional(orNull(amount), null),
      contacts: amount,
      failed: record(amount),
      dialled: amount,
      ended: record(amount),
      answered: optional(orNull(amount), null),
      connected: optional(orNull(amount), null),
      stages: optional(list(stageLatency), []),
      agents: optional(orNull(agentsResult), null),
    }),
  ),
  checks: list(
    structure<CampaignCheck>({
      name: text,
      verdict: partVerdict,
      checked: amount,
      violations: amount,
      evidence: list(campaignViolation),
    }),
  ),
});

const score = structure<MutationScore>({ mutants: amount, killed: amount });

const contractsOf = ({ check, trouble, mutation, drift }: Statements) =>
  structure<ContractsResult>({
    name: text,
    verdict: partVerdict,
    consumer: text,
    provider: text,
    pactFile: text,
    durationMs: amount,
    interactions: list(
      structure<InteractionResult>({
        description: text,
        pins: orNull(text),
        consumer: partVerdict,
        provider: orNull(partVerdict),
        detail: orNull(trouble),
        undocumented: optional(orNull(undocumented), null),
      }),
    ),
    checks: list(checkOf(check)),
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
            mutation,
            count: amount,
            reason: orNull(text),
          }),
        ),
      }),
    ),
    drift: orNull(
      structure<DriftResult>({
        against: text,
        differences: list(drift),
        absent: optional(list(text), []),
      }),
    ),
  });

const auditOf = ({ evidence }: Statements) =>
  structure<AuditResult>({
    verdict: partVerdict,
    attempts: amount,
    ledger: flag,
    invariants: list(
      structure<InvariantResult>({
        name: text,
        statement: text,
        verdict: oneOf('holds', 'violated', 'not decidable'),
        checked: amount,
        violations: amount,
        evidence: list(evidence),
      }),
    ),
  });

const loadOf = (statements: Statements) =>
  structure<LoadResult>({
    scenario: text,
    verdict,
    reasons: list(statements.loadReason),
    findings: list(statements.finding),
    engine: structure<LoadResult['engine']>({ name: oneOf('dialproof', 'k6'), version: text }),
    startedAt: text,
    durationMs: amount,
    iterations: amount,
    history: statements.added(flag, true),
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
    histogram: optional(
      list(structure<LatencyBucket>({ fromMs: amount, toMs: amount, count: amount })),
      [],
    ),
    series: list(
      structure<SeriesPoint>({
        second: amount,
        requests: amount,
        errors: amount,
        p50: amount,
        p95: optional(orNull(amount), null),
        p99: amount,
        vus: optional(orNull(amount), null),
        failed: optional(record(amount), {}),
        codes: optional(record(amount), {}),
      }),
    ),
    aim: optional(
      orNull(
        structure<LoadAim>({
          unit: oneOf('VUs', 'iterations/s'),
          points: list(structure<AimPoint>({ second: amount, value: amount })),
        }),
      ),
      null,
    ),
    thresholds: list(
      structure<ThresholdResult>({
        metric: text,
        expression: text,
        promised: statements.promised,
        ok: flag,
        value: orNull(number),
        judged: statements.added(flag, true),
      }),
    ),
    checks: list(
      structure<CheckCount>({
        name: text,
        groups: statements.added(list(text), []),
        passes: amount,
        fails: amount,
      }),
    ),
    metrics: statements.added(
      list(
        structure<MetricResult>({
          name: text,
          type: oneOf('counter', 'gauge', 'rate', 'trend'),
          contains: oneOf('default', 'time', 'data'),
          values: record(number),
        }),
      ),
      [],
    ),
    failedAnswers: statements.added(
      list(structure<FailedAnswer>({ status: amount, error: text, count: amount })),
      [],
    ),
    validity: structure<ValidityResult>({
      valid: flag,
      reasons: list(statements.invalidity),
      droppedIterations: amount,
      latenessP99Ms: orNull(number),
      eventLoopDelayP99Ms: orNull(number),
      busy: orNull(structure<Busy>({ what: text, share: number })),
    }),
    audit: auditOf(statements),
  });

const seededBugOf = ({ catcher }: Statements) =>
  structure<SeededBugResult>({
    bug: text,
    meaning: text,
    catcher,
    caught: orNull(flag),
  });

/** The reader of a run whose statements are read so. */
export const runOf = (statements: Statements): Reader<Run> =>
  structure<Run>({
    schema: statements.schema,
    id: text,
    startedAt: text,
    durationMs: amount,
    seed: number,
    verdict,
    reasons: list(statements.runReason),
    versions: record(text),
    // Early files of version 3 do not have it.
    origin: statements.added(optional(orNull(origin), null), null),
    // Early files of version 3 do not have it.
    configuration: statements.added(optional(orNull(configuration), null), null),
    target,
    contacts: orNull(contacts),
    contracts: statements.contracts(contractsOf(statements)),
    // Early files of version 3 do not have it.
    campaigns: statements.added(optional(orNull(campaigns), null), null),
    load: list(loadOf(statements)),
    seededBugs: list(seededBugOf(statements)),
    selfChecks: list(checkOf(statements.check)),
    interrupted: flag,
  });
