/** A run in one line: what is enough to compare it with another run, and to draw how it changes. */

import { createHash } from 'node:crypto';
import { OPERATION } from '../../operation/connect/address.ts';
import {
  amount,
  flag,
  list,
  oneOf,
  optional,
  orNull,
  type Reader,
  record,
  structure,
  text,
} from '../../system/read.ts';
import { causesOf } from '../causes/causes.ts';
import type {
  CampaignsResult,
  ContractsResult,
  LoadResult,
  MutationScore,
  Percentiles,
  Run,
  RunVerdict,
} from '../run.ts';
import {
  interactionVerdict,
  judgeCampaigns,
  judgeContracts,
  judgeLoad,
  judgeSelfChecks,
  standing,
} from '../verdict.ts';
import { type Conditions, conditionsOf } from './conditions.ts';

export const LINE_SCHEMA = 'dialproof-line/1';

export interface RunLine {
  readonly schema: typeof LINE_SCHEMA;
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly verdict: RunVerdict;
  readonly interrupted: boolean;
  readonly commit: string | null;
  readonly branch: string | null;
  readonly buildUrl: string | null;
  readonly conditions: Conditions;
  /** Seeded bugs of the emulator. */
  readonly bugs: readonly string[];
  readonly causes: readonly CauseLine[];
  readonly contracts: readonly ContractLine[];
  /** Null without campaigns. */
  readonly campaigns: CampaignsLine | null;
  readonly load: readonly LoadLine[];
  /** Null without self-checks. */
  readonly selfChecks: RunVerdict | null;
}

export interface CauseLine {
  readonly id: string;
  /** How many checks failed because of it. */
  readonly symptoms: number;
}

export interface ContractLine {
  readonly name: string;
  readonly verdict: RunVerdict;
  readonly interactions: number;
  readonly passed: number;
  /** Of the interactions and what they pin, in any order. */
  readonly digest: string;
  readonly cells: number;
  readonly pinned: number;
  /** Neither pinned nor asserted elsewhere. */
  readonly uncovered: number;
  /** Of both sides together; null where nothing was mutated. */
  readonly mutation: MutationScore | null;
  /** Differences from published models; null where nothing was compared. */
  readonly drift: number | null;
  /** What the digest is made of. It is not kept in a history. */
  readonly names: ContractNames | null;
}

export interface ContractNames {
  readonly interactions: readonly string[];
  readonly uncovered: readonly string[];
}

export interface CampaignsLine {
  readonly verdict: RunVerdict;
  /** Operation -> what was counted -> dial requests. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Operation -> failure codes that occurred. */
  readonly codes: Readonly<Record<string, readonly string[]>>;
}

export interface LoadLine {
  readonly scenario: string;
  readonly verdict: RunVerdict;
  readonly valid: boolean;
  readonly requests: number;
  readonly contacts: number;
  /** Failure codes of items that occurred. */
  readonly codes: readonly string[];
  /** Failure codes that were predicted. */
  readonly predicted: readonly string[];
  /** Errors of whole calls, such as `429 TooManyRequestsException`. */
  readonly errors: readonly string[];
  readonly held: number;
  readonly violated: number;
  /** Invariants that are not decidable. */
  readonly open: number;
  readonly latencyMs: Percentiles | null;
}

const verdict: Reader<RunVerdict> = oneOf('pass', 'fail', 'not valid', 'not exercised');

const latency = structure<Percentiles>({
  min: amount,
  p50: amount,
  p90: amount,
  p95: amount,
  p99: amount,
  max: amount,
});

/** Reads a line of a history. */
export const runLine: Reader<RunLine> = structure<RunLine>({
  schema: oneOf(LINE_SCHEMA),
  id: text,
  startedAt: text,
  durationMs: amount,
  verdict,
  interrupted: flag,
  commit: orNull(text),
  branch: orNull(text),
  buildUrl: orNull(text),
  conditions: structure<Conditions>({
    host: orNull(text),
    node: orNull(text),
    engine: orNull(text),
    profile: orNull(text),
    seed: orNull(text),
    options: orNull(text),
  }),
  bugs: list(text),
  causes: list(structure<CauseLine>({ id: text, symptoms: amount })),
  contracts: list(
    structure<ContractLine>({
      name: text,
      verdict,
      interactions: amount,
      passed: amount,
      digest: text,
      cells: amount,
      pinned: amount,
      uncovered: amount,
      mutation: orNull(structure<MutationScore>({ mutants: amount, killed: amount })),
      drift: orNull(amount),
      names: optional(
        orNull(structure<ContractNames>({ interactions: list(text), uncovered: list(text) })),
        null,
      ),
    }),
  ),
  campaigns: orNull(
    structure<CampaignsLine>({
      verdict,
      counts: record(record(amount)),
      codes: record(list(text)),
    }),
  ),
  load: list(
    structure<LoadLine>({
      scenario: text,
      verdict,
      valid: flag,
      requests: amount,
      contacts: amount,
      codes: list(text),
      predicted: list(text),
      errors: list(text),
      held: amount,
      violated: amount,
      open: amount,
      latencyMs: orNull(latency),
    }),
  ),
  selfChecks: orNull(verdict),
});

export function lineOf(run: Run): RunLine {
  const { id, startedAt, durationMs, interrupted, origin, target, selfChecks } = run;
  return {
    schema: LINE_SCHEMA,
    id,
    startedAt,
    durationMs,
    verdict: standing(run).verdict,
    interrupted,
    commit: origin?.commit ?? null,
    branch: origin?.branch ?? null,
    buildUrl: origin?.buildUrl ?? null,
    conditions: conditionsOf(run),
    bugs: target.bugs,
    causes: causesOf(run).map((one) => ({ id: one.id, symptoms: one.places.length })),
    contracts: run.contracts.map(contractLine),
    campaigns: run.campaigns && campaignsLine(run.campaigns),
    load: run.load.map(loadLine),
    selfChecks: selfChecks.length > 0 ? judgeSelfChecks(selfChecks).verdict : null,
  };
}

function contractLine(contract: ContractsResult): ContractLine {
  const { name, interactions, coverage, mutation, drift } = contract;
  const names = interactions.map(({ description }) => description).sort();
  const pins = interactions.map(({ description, pins }) => `${description}\n${pins}`).sort();
  const uncovered = coverage.filter(
    ({ status }) => status === 'not covered' || status === 'unaccounted',
  );
  return {
    name,
    verdict: judgeContracts(contract).verdict,
    interactions: interactions.length,
    passed: interactions.filter((one) => interactionVerdict(one) === 'pass').length,
    digest: createHash('sha256').update(pins.join('\n\n')).digest('hex').slice(0, 16),
    cells: coverage.length,
    pinned: coverage.filter(({ status }) => status === 'pinned').length,
    uncovered: uncovered.length,
    mutation: mutation && {
      mutants: mutation.provider.mutants + mutation.client.mutants,
      killed: mutation.provider.killed + mutation.client.killed,
    },
    drift: drift === null ? null : drift.differences.length,
    names: {
      interactions: names,
      uncovered: uncovered.map((cell) => `${cell.group}: ${cell.name}`).sort(),
    },
  };
}

function campaignsLine(campaigns: CampaignsResult): CampaignsLine {
  return {
    verdict: judgeCampaigns(campaigns).verdict,
    counts: Object.fromEntries(
      campaigns.campaigns.map(({ operation, sent, accepted, contacts, dialled }) => [
        operation,
        { sent, accepted, contacts, dialled },
      ]),
    ),
    codes: Object.fromEntries(
      campaigns.campaigns.map(({ operation, refused, failed }) => [
        operation,
        [...new Set([...occurred(refused), ...occurred(failed)])].sort(),
      ]),
    ),
  };
}

function loadLine(load: LoadResult): LoadLine {
  const { scenario, validity, requests, contacts, latencyMs, failedAnswers, audit } = load;
  const n = (which: string): number =>
    audit.invariants.filter((one) => one.verdict === which).length;
  return {
    scenario,
    verdict: judgeLoad(load).verdict,
    valid: validity.valid,
    requests,
    contacts,
    codes: occurred(load.answered).filter((code) => code !== 'CREATED'),
    predicted: occurred(load.predicted).filter((code) => code !== 'CREATED'),
    errors: failedAnswers.map(({ status, error }) => `${status} ${error}`).sort(),
    held: n('holds'),
    violated: n('violated'),
    open: n('not decidable'),
    latencyMs,
  };
}

function occurred(counts: Readonly<Record<string, number | undefined>>): string[] {
  return Object.keys(counts)
    .filter((name) => (counts[name] ?? 0) > 0)
    .sort();
}

/** The operation of a load line's failure codes. */
export const LOAD_OPERATION = OPERATION.name;
