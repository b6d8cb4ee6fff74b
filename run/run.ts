/** The data of a finished run. Every report is a function of it. */

import type { FailureReasonCode } from '../operation/connect/batch-put-contact/failures.ts';
import type { Origin } from '../system/origin.ts';
import type { Evidence } from './statements/audit.ts';
import type { CampaignViolation } from './statements/campaigns.ts';
import type { CatcherNamed } from './statements/catcher.ts';
import type { CheckDetail } from './statements/checks.ts';
import type { DriftChange, Mutation, Trouble, Undocumented } from './statements/contracts.ts';
import type { Finding, Invalidity, LoadReason } from './statements/load.ts';
import type { RunReason } from './statements/run.ts';

/** `not exercised` is its own verdict: nothing that did not run is ever reported as passed. */
export type PartVerdict = 'pass' | 'fail' | 'not exercised';

/**
 * Of load and of a whole run. `not valid`: nothing failed, but a threshold depends on figures that are not valid,
 * because the load generator was the limit.
 */
export type RunVerdict = PartVerdict | 'not valid';

/** The format of a run.json that is written; a reader of it must know the whole word. */
export const RUN_SCHEMA = 'dialproof-run/3';

export interface Run {
  readonly schema: typeof RUN_SCHEMA;
  /** Unique and sortable: start time and seed. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly seed: number;
  readonly verdict: RunVerdict;
  /** Why the verdict is not `pass`. Empty when it is. */
  readonly reasons: readonly RunReason[];
  /** Name -> version of whatever could change a result: dialproof, node, pact, SDK … */
  readonly versions: Readonly<Record<string, string>>;
  /** Command, host, commit, branch and build. Null if an older version wrote the run. */
  readonly origin: Origin | null;
  /** Null if there was none, or an older version wrote the run. */
  readonly configuration: Configuration | null;
  readonly target: TargetFacts;
  readonly contacts: ContactsResult | null;
  /** One for each contract; empty where none was checked. */
  readonly contracts: readonly ContractsResult[];
  /** Null if the run had no campaigns. */
  readonly campaigns: CampaignsResult | null;
  readonly load: readonly LoadResult[];
  /** The emulator's seeded bugs, and whether this run caught them; empty without any. */
  readonly seededBugs: readonly SeededBugResult[];
  /** What the harness must catch, and whether it did; empty where no self-check ran. */
  readonly selfChecks: readonly CheckResult[];
  /** Whether the run was interrupted. The other members then have what was finished. */
  readonly interrupted: boolean;
}

/** The configuration of the project, as far as it acted. */
export interface Configuration {
  /** Path from the folder in which the command ran. */
  readonly file: string;
  /** By path of the member, such as `contacts.seed`. What a flag or a variable said otherwise is not here; no secrets. */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface TargetFacts {
  /** More than one where scenarios wanted emulators of several kinds: separated by commas. */
  readonly url: string;
  readonly kind: 'embedded emulator' | 'other endpoint';
  readonly profile: 'aws' | 'stress' | 'stress and aws' | 'unknown';
  /** Seeded bugs that the emulator was started with. Every report shows them prominently. */
  readonly bugs: readonly string[];
  /** Options that differ from their documented default. */
  readonly choices: Readonly<Record<string, string>>;
}

/** Whether a scenario handed over dial requests. Its items are no contacts, and its calls are of several operations. */
export function isRoad({ findings }: LoadResult): boolean {
  return findings.some(({ kind }) => kind === 'road');
}

/** The text for a target without known seeded bugs. Only the embedded emulator is known to have no bugs. */
export function noBugs({ kind }: TargetFacts): string {
  return kind === 'embedded emulator' ? 'none' : 'none known';
}

export interface SeededBugResult {
  readonly bug: string;
  /** What the emulator does wrong. */
  readonly meaning: string;
  /** The check that must catch it, and how that check reports it. */
  readonly catcher: CatcherNamed;
  /** Null where the catcher did not run. */
  readonly caught: boolean | null;
}

export interface ContactsResult {
  readonly contacts: number;
  readonly batches: number;
  readonly contactsPerBatch: number;
  readonly locales: readonly string[];
  /** What each contact was predicted to become. */
  readonly predicted: VerdictCounts;
}

export type VerdictCounts = Readonly<Partial<Record<'CREATED' | FailureReasonCode, number>>>;

export interface ContractsResult {
  /** The contract: a name in contracts/contract.ts. */
  readonly name: string;
  readonly verdict: PartVerdict;
  readonly consumer: string;
  readonly provider: string;
  /** Path of the written pact, relative to the run's folder. */
  readonly pactFile: string;
  readonly durationMs: number;
  readonly interactions: readonly InteractionResult[];
  /** Completeness and guard checks over the whole pact. */
  readonly checks: readonly CheckResult[];
  /** Everything in the operation's tables that a contract can pin, and what pins it. */
  readonly coverage: readonly CoverageCell[];
  /** Null where nothing was mutated. */
  readonly mutation: MutationResult | null;
  /** Null where nothing was compared. */
  readonly drift: DriftResult | null;
}

export interface CoverageCell {
  readonly group: string;
  readonly name: string;
  readonly status: 'pinned' | 'asserted elsewhere' | 'not covered' | 'unaccounted';
  /** Descriptions of interactions, or the tests that assert it. */
  readonly by: readonly string[];
  /** Why it is not covered. */
  readonly reason: string | null;
}

/** Whether answers and requests that were broken on purpose, one place at a time, were noticed. */
export interface MutationResult {
  readonly durationMs: number;
  /** Broken answers, given to the verification of the provider. */
  readonly provider: MutationScore;
  /** Broken requests, sent to the mock against which clients are tested. */
  readonly client: MutationScore;
  /** Mutants that no check noticed. Similar ones are counted together. */
  readonly survivors: readonly SurvivorRow[];
}

export interface MutationScore {
  readonly mutants: number;
  readonly killed: number;
}

export interface SurvivorRow {
  readonly side: 'provider' | 'client';
  /** Where and how the contract was broken. */
  readonly mutation: Mutation;
  readonly count: number;
  /** Why it may survive. Null where no reason is written down; the run then fails. */
  readonly reason: string | null;
}

/** The definition set against a published model. */
export interface DriftResult {
  /** Names and versions of the published models. */
  readonly against: string;
  readonly differences: readonly DriftRow[];
  /** Packages that are not installed, so that nothing was compared with them. */
  readonly absent: readonly string[];
}

export interface DriftRow {
  readonly level: 'breaking' | 'warning' | 'notice';
  /** Null if an older version wrote the row. It then concerns BatchPutContact. */
  readonly operation: string | null;
  /** The published model that differs. Null if an older version wrote the row. */
  readonly against: string | null;
  /**
   * Whether the row fails the check. Every difference from the model that the definition was written from does.
   * Of the differences from another model, the breaking ones do.
   */
  readonly fails: boolean;
  readonly change: DriftChange;
}

export interface InteractionResult {
  readonly description: string;
  /** What the interaction pins: a failure code, an error name, or null for the rest. */
  readonly pins: string | null;
  /** The SDK client against the mock. */
  readonly consumer: PartVerdict;
  /** The emulator against the pact; null where only the consumer is asked (what it must tolerate). */
  readonly provider: PartVerdict | null;
  /** Why it failed, or was not exercised; null where that is not known. */
  readonly detail: Trouble | null;
  /** What it asserts although AWS does not document it. Null where AWS documents it, and in runs of older versions. */
  readonly undocumented: Undocumented | null;
}

export interface CheckResult {
  readonly name: string;
  readonly verdict: PartVerdict;
  readonly detail: CheckDetail;
}

/** Dial requests of outbound campaigns, and what became of them. */
export interface CampaignsResult {
  readonly verdict: PartVerdict;
  readonly startedAt: string;
  readonly durationMs: number;
  /** One for each version of outbound campaigns. */
  readonly campaigns: readonly CampaignResult[];
  readonly checks: readonly CampaignCheck[];
}

export interface CampaignResult {
  /** Of outbound campaigns: 1 or 2. */
  readonly version: number;
  /** The operation that took the dial requests. */
  readonly operation: string;
  /** Dial requests. Those that were sent again are counted once. */
  readonly sent: number;
  readonly accepted: number;
  /** Failure code of the operation -> dial requests that were refused with it. */
  readonly refused: Readonly<Record<string, number>>;
  /**
   * Dial requests for which the campaign had no room, and that were sent again. They are not in `refused`. Null where
   * none was sent again.
   */
  readonly throttled: number | null;
  /** Contacts that BatchPutContact created, by the ledger. */
  readonly contacts: number;
  /** Why no contact was made -> accepted dial requests, as the endpoint tells it. */
  readonly failed: Readonly<Record<string, number>>;
  /** Contacts of which a dial record was received. */
  readonly dialled: number;
  /** DisconnectReason -> contacts that ended with it, as the endpoint tells it. */
  readonly ended: Readonly<Record<string, number>>;
  /** Calls that a human or a machine answered, as the endpoint tells it. Null if an older version wrote the run. */
  readonly answered: number | null;
  /** Calls that an agent took, as the endpoint tells it. Null without agents, and if an older version wrote the run. */
  readonly connected: number | null;
  /** How long the stages of the way took. Empty if an older version wrote the run. */
  readonly stages: readonly StageLatency[];
  /** Null without agents, and if an older version wrote the run. */
  readonly agents: AgentsResult | null;
}

/** The stages of the way of a dial request. */
export type RoadStage = 'accepted' | 'contact' | 'ringing' | 'agent' | 'ended';

/** Milliseconds of the virtual clock from one stage to another, over the dial requests that came to both. */
export interface StageLatency {
  readonly from: RoadStage;
  readonly to: RoadStage;
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

export interface AgentsResult {
  /** The most agents who were on shift. */
  readonly agents: number;
  /** Share of their time in which they were with a contact or in after-call work. Null if they had no time. */
  readonly occupancy: number | null;
  /** Customers whose wait for an agent is over, and those of them who waited too long or hung up. */
  readonly waited: number;
  readonly abandoned: number;
  readonly series: readonly AgentsPoint[];
}

export interface AgentsPoint {
  /** Seconds of the virtual clock since the start of the campaign. */
  readonly second: number;
  /** In the time since the point before; null if no agent was there. */
  readonly occupancy: number | null;
  /** Calls that ring, and calls with an agent, at that moment. */
  readonly ringing: number;
  readonly withAgents: number;
}

export interface CampaignCheck {
  readonly name: string;
  readonly verdict: PartVerdict;
  /** How many cases were checked. */
  readonly checked: number;
  readonly violations: number;
  /** The first few violations. */
  readonly evidence: readonly CampaignViolation[];
}

export interface LoadResult {
  readonly scenario: string;
  readonly verdict: RunVerdict;
  readonly reasons: readonly LoadReason[];
  /** Findings that do not affect the verdict, such as a limit or an amplification. */
  readonly findings: readonly Finding[];
  readonly engine: { readonly name: 'dialproof' | 'k6'; readonly version: string };
  readonly startedAt: string;
  readonly durationMs: number;
  readonly iterations: number;
  /**
   * False for a script of the user's own that left no line in the history. Nothing of it is audited. What it
   * measured is in `metrics`, and the members that come from a history are empty.
   */
  readonly history: boolean;
  /** HTTP requests of this operation; without a history, all HTTP requests. */
  readonly requests: number;
  /** Items sent and answered with a contact or a code. */
  readonly contacts: number;
  /** HTTP status (as text; "0" is no answer) -> requests. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Verdict -> items predicted, over the requests made. */
  readonly predicted: VerdictCounts;
  /** Verdict -> items that were answered with it. */
  readonly answered: VerdictCounts;
  /** Response time in milliseconds, from first byte sent to last byte read. Null without a sample. */
  readonly latencyMs: Percentiles | null;
  /**
   * How many requests took how long, the fastest first: ten buckets for each power of ten milliseconds, without the
   * empty ones. Empty if an older version wrote the run.
   */
  readonly histogram: readonly LatencyBucket[];
  /** One point per second of the run. */
  readonly series: readonly SeriesPoint[];
  /** Null where the engine does not tell it, or the scenario aims at a number of iterations. */
  readonly aim: LoadAim | null;
  readonly thresholds: readonly ThresholdResult[];
  readonly checks: readonly CheckCount[];
  /** What the script measured, as in k6's end-of-test summary. */
  readonly metrics: readonly MetricResult[];
  /** Requests that were refused or got no answer, most frequent first. */
  readonly failedAnswers: readonly FailedAnswer[];
  readonly validity: ValidityResult;
  readonly audit: AuditResult;
}

/** Milliseconds. */
export interface Percentiles {
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface SeriesPoint {
  /** Seconds since the start of the scenario. */
  readonly second: number;
  /** Requests finished in that second. */
  readonly requests: number;
  /** Requests of these that were not answered with 200. */
  readonly errors: number;
  /** Median response time of these requests, in milliseconds. */
  readonly p50: number;
  /** 95th percentile; null if an older version wrote the run. */
  readonly p95: number | null;
  /** 99th percentile of their response times, in milliseconds. */
  readonly p99: number;
  /** Virtual users that had an answer in that second; null where the history does not tell. */
  readonly vus: number | null;
  /** Error name, or `no answer` -> requests of `errors`. Empty if an older version wrote the run. */
  readonly failed: Readonly<Record<string, number>>;
  /** Failure code of the operation -> items. Empty if an older version wrote the run. */
  readonly codes: Readonly<Record<string, number>>;
}

/** Requests whose response time was at least `fromMs` and below `toMs`. */
export interface LatencyBucket {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

/** What the scenario aimed at, over time. */
export interface LoadAim {
  readonly unit: 'VUs' | 'iterations/s';
  readonly points: readonly AimPoint[];
}

export interface AimPoint {
  /** Seconds since the start of the scenario. */
  readonly second: number;
  readonly value: number;
}

export interface ThresholdResult {
  readonly metric: string;
  /** As the script wrote it; `… in every 10s` where it holds for each window. */
  readonly expression: string;
  /** The parsed expression; null where it cannot be parsed, or comes from a run.json of version 1. */
  readonly promised: Promised | null;
  readonly ok: boolean;
  /** The value judged; null when there was no sample, which is a failure unless every value keeps the threshold. */
  readonly value: number | null;
  /** False where it depends on figures that are not valid. Then `ok` says nothing about the target. */
  readonly judged: boolean;
}

/** What a threshold promises: `aggregate operator limit`. */
export interface Promised {
  /** Such as `count`, `rate`, `p(95)`. */
  readonly aggregate: string;
  readonly operator: string;
  readonly limit: number;
  /** Milliseconds of each window that it must hold for; null where it holds for the run as a whole. */
  readonly windowMs: number | null;
}

export interface CheckCount {
  readonly name: string;
  /** Names of the groups that it is in, the outermost first. */
  readonly groups: readonly string[];
  readonly passes: number;
  readonly fails: number;
}

export interface MetricResult {
  /** That of a sub-metric has its tags, such as `http_req_duration{status:200}`. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'rate' | 'trend';
  /** The unit of its values. Times are milliseconds, data is bytes. */
  readonly contains: 'default' | 'time' | 'data';
  /** By aggregate, such as `count`, `rate`, `p(95)`. */
  readonly values: Readonly<Record<string, number>>;
}

export interface FailedAnswer {
  /** HTTP status, 400 or above; 0 if no answer came. */
  readonly status: number;
  /** The error name of an AWS service where the answer has one, else the status text, or why no answer came. */
  readonly error: string;
  readonly count: number;
}

/** The share of the time in which a part of the generator was busy. */
export interface Busy {
  /** Such as `the generator’s event loop`. */
  readonly what: string;
  /** 0 to 1. */
  readonly share: number;
}

/** Whether the load figures are valid. They are not if the generator was the limit. */
export interface ValidityResult {
  readonly valid: boolean;
  readonly reasons: readonly Invalidity[];
  /** Scheduled iterations that were not started because no VU was free. */
  readonly droppedIterations: number;
  /** Actual minus scheduled start, 99th percentile, milliseconds; null without a schedule, or where the engine does not report it. */
  readonly latenessP99Ms: number | null;
  /** What the generator may have added to a response time, 99th percentile, milliseconds; null where the engine does not report it. */
  readonly eventLoopDelayP99Ms: number | null;
  /** Null where that is not known. */
  readonly busy: Busy | null;
}

export interface AuditResult {
  readonly verdict: PartVerdict;
  /** History lines read. */
  readonly attempts: number;
  /** Whether the target's ledger could be read. */
  readonly ledger: boolean;
  readonly invariants: readonly InvariantResult[];
}

export interface InvariantResult {
  readonly name: string;
  readonly statement: string;
  readonly verdict: 'holds' | 'violated' | 'not decidable';
  /** How many cases were checked. */
  readonly checked: number;
  readonly violations: number;
  /** The first few violations, with the operations that prove them; or why it is not decidable. */
  readonly evidence: readonly Evidence[];
}
