/**
 * The JSON documents that commands print and write, and the schema of each. Most schemas are made from the reader of the
 * document, or from members that the compiler holds to its type.
 */

import { readShape } from '../../config/shape.ts';
import { manifestOf } from '../../generators/corpus.ts';
import type { DialListManifest } from '../../generators/dial-list.ts';
import type { Capacity, CapacityStep } from '../../load/drive/capacity.ts';
import type { Told } from '../../publish/publish.ts';
import { changes } from '../../run/compare/changes.ts';
import { comparison } from '../../run/compare/compare.ts';
import { runLine } from '../../run/compare/line.ts';
import { trend } from '../../run/compare/trend.ts';
import { current } from '../../run/json.ts';
import { crashViolation } from '../../run/statements/crash.ts';
import { feederDoubt, feederFinding, SITUATIONS } from '../../run/statements/feeder.ts';
import { roadCrashViolation } from '../../run/statements/road-crash.ts';
import {
  amount,
  anything,
  flag,
  list,
  number,
  oneOf,
  orNull,
  record,
  structure,
  text,
} from '../../system/read.ts';
import { type Schema, schemaOf, schemaOfMembers } from '../../system/schema.ts';
import { listOf, partOfRun } from './parts.ts';
import { plan } from './plan.ts';

export interface Document {
  /** What has it. */
  readonly title: string;
  readonly schema: () => Schema;
  /** Commands whose `--json` prints it. */
  readonly of: readonly string[];
  /** The files of those commands that print it. */
  readonly from: readonly string[];
}

const commands = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `cli/commands/${name}.ts`);

const members = (of: Parameters<typeof schemaOfMembers>[0]) => (): Schema => schemaOfMembers(of);

const verdict = oneOf('pass', 'fail', 'not exercised');

/** Of CrashReport and RoadCrashReport, with what the command adds. */
const CRASH = { verdict, bugs: list(text), kills: amount, contacts: amount };

const step = structure<CapacityStep>({
  connections: amount,
  requestsPerSecond: amount,
  p50: amount,
  p99: amount,
  cpuMicroseconds: amount,
  utilization: amount,
  residentBytes: amount,
});

const key = structure<{ readonly accessKeyId: string; readonly secretAccessKey: string }>({
  accessKeyId: text,
  secretAccessKey: text,
});

/** One result of a verification, as in an interaction of run.json. */
const verified = (): Schema => ({
  type: 'object',
  properties: {
    description: { type: 'string' },
    verdict: schemaOf(verdict),
    detail: { anyOf: [{ type: 'null' }, partOfRun('contracts', 'interactions', 'detail')] },
  },
  required: ['description', 'verdict', 'detail'],
});

/** The same, with what says whether the verification needs it. */
const required = (): Schema => {
  const { properties, required: named, ...rest } = verified();
  const added = schemaOfMembers({
    required: flag,
    accepted: flag,
    group: orNull(text),
    mark: orNull(text),
    said: orNull(text),
    undocumented: orNull(text),
  });
  return {
    ...rest,
    properties: { ...(properties as object), ...(added.properties as object) },
    required: [...(named as string[]), ...(added.required as string[])],
  };
};

/** Name of the schema file, without `.schema.json`. */
export const DOCUMENTS: Readonly<Record<string, Document>> = {
  run: {
    title: 'run.json, and --json of run, load run, load merge, campaign run and contracts',
    schema: () => schemaOf(current),
    of: ['run', 'load run', 'load merge', 'campaign run', 'contracts'],
    from: ['cli/stages/report-run.ts', ...commands('contracts')],
  },
  config: {
    title: 'dialproof.config.json',
    schema: () => schemaOf(readShape),
    of: [],
    from: [],
  },
  changes: {
    title: 'changes.json: how a run differs from earlier ones',
    schema: () => schemaOf(changes),
    of: [],
    from: [],
  },
  comparison: {
    title: '--json of report compare',
    schema: () => schemaOf(comparison),
    of: ['report compare'],
    from: commands('report-compare'),
  },
  missing: {
    title: '--json of report compare where there is nothing to compare with',
    schema: members({ schema: oneOf('dialproof-missing/1'), against: text, where: text }),
    of: ['report compare'],
    from: commands('report-compare'),
  },
  'run-line': {
    title: 'a line of history.ndjson',
    schema: () => schemaOf(runLine),
    of: [],
    from: [],
  },
  trend: {
    title: '--json of report trend',
    schema: () => schemaOf(trend),
    of: ['report trend'],
    from: commands('report-trend'),
  },
  'report-paths': {
    title: '--json of report: path of each report',
    schema: members({
      html: text,
      junit: text,
      ctrf: text,
      markdown: text,
      json: text,
      changes: text,
    }),
    of: ['report'],
    from: commands('report'),
  },
  corpus: {
    title: '--json of generate',
    schema: () => schemaOf(manifestOf),
    of: ['generate'],
    from: commands('generate'),
  },
  'dial-list': {
    title: '--json of generate --for',
    schema: () =>
      schemaOf(
        structure<DialListManifest>({
          format: having(),
          operation: having(),
          seed: number,
          batches: amount,
          requestsPerBatch: amount,
          requests: amount,
          locales: list(text),
          mix: anything as never,
          outcomes: anything as never,
          now: text,
          expirationTime: text,
          predicted: record(amount),
          formats: list(text) as never,
          recordBytes: amount,
        }),
      ),
    of: ['generate'],
    from: commands('generate'),
  },
  capacity: {
    title: '--json of emulator --capacity',
    schema: () =>
      schemaOf(
        structure<Capacity & { readonly bugs: readonly string[] }>({
          bugs: list(text),
          steps: list(step),
          best: step,
          endpointWasLimit: flag,
        }),
      ),
    of: ['emulator'],
    from: commands('capacity'),
  },
  emulator: {
    title: '--json of emulator: its addresses, as one document at its start',
    schema: members({
      url: text,
      controlUrl: text,
      region: text,
      credentials: record(key),
      bugs: list(text),
      faults: list(anything),
    }),
    of: ['emulator'],
    from: commands('emulator'),
  },
  feeder: {
    title: '--json of feeder check',
    schema: () => ({
      ...schemaOfMembers({
        verdict: oneOf('pass', 'fail', 'undecided', 'not exercised'),
        calls: amount,
        dialRequests: amount,
        findings: list(feederFinding),
        doubts: list(feederDoubt),
        notExercised: list(oneOf(...SITUATIONS)),
      }),
    }),
    of: ['feeder check'],
    from: commands('feeder'),
  },
  doctor: {
    title: '--json of doctor',
    schema: () => listOf(schemaOfMembers({ name: text, needed: flag, ok: flag, found: text })),
    of: ['doctor'],
    from: commands('doctor'),
  },
  health: {
    title: '--json of health',
    schema: members({ healthy: flag, url: text, text, answer: anything }),
    of: ['health'],
    from: commands('health'),
  },
  audit: {
    title: '--json of audit',
    schema: () => partOfRun('load', 'audit'),
    of: ['audit'],
    from: commands('audit'),
  },
  'crash-test': {
    title: '--json of crash-test',
    schema: members({
      ...CRASH,
      acknowledged: amount,
      unknown: amount,
      replays: amount,
      violations: list(crashViolation),
      counts: record(amount),
    }),
    of: ['crash-test'],
    from: commands('crash-test'),
  },
  'crash-test-campaigns': {
    title: '--json of crash-test --campaigns',
    schema: members({
      ...CRASH,
      killedAt: record(amount),
      accepted: amount,
      dials: amount,
      events: amount,
      ends: record(amount),
      violations: list(roadCrashViolation),
    }),
    of: ['crash-test'],
    from: commands('crash-test'),
  },
  'campaign-plan': {
    title: 'plan.json, and --json of campaign plan',
    schema: () => schemaOf(plan),
    of: ['campaign plan'],
    from: commands('campaign-plan'),
  },
  publish: {
    title: '--json of publish: what became of each target',
    schema: members({
      run: text,
      targets: list(
        structure<Told>({
          target: text,
          outcome: oneOf('sent', 'skipped', 'not now', 'failed'),
          said: text,
          unreachable: flag,
        }),
      ),
    }),
    of: ['publish'],
    from: commands('publish'),
  },
  'publish-dry-run': {
    title: '--json of publish --dry-run: the files that show what would be sent',
    schema: members({
      dryRun: flag,
      targets: list(structure({ target: text, paths: list(text), undrawn: orNull(text) })),
    }),
    of: ['publish'],
    from: commands('publish'),
  },
  'contracts-mutate': {
    title: '--json of contracts mutate',
    schema: () => partOfRun('contracts', 'mutation'),
    of: ['contracts mutate'],
    from: commands('contract-tools'),
  },
  'contracts-drift': {
    title: '--json of contracts drift',
    schema: () => partOfRun('contracts', 'drift'),
    of: ['contracts drift'],
    from: commands('contract-tools'),
  },
  'contracts-coverage': {
    title: '--json of contracts coverage',
    schema: () => partOfRun('contracts', 'coverage'),
    of: ['contracts coverage'],
    from: commands('contract-tools'),
  },
  'contracts-mock': {
    title: '--json of contracts mock: its address, as one document at its start',
    schema: members({ url: text, region: text, instanceId: text }),
    of: ['contracts mock'],
    from: commands('contract-mock'),
  },
  'contracts-write': {
    title: '--json of contracts write: the pacts that were written',
    schema: members({ pacts: list(structure({ pactFile: text, interactions: number })) }),
    of: ['contracts write'],
    from: commands('contract-write'),
  },
  'contracts-verify': {
    title: '--json of contracts verify',
    schema: () => ({
      type: 'object',
      properties: {
        verdict: schemaOf(verdict),
        required: schemaOf(number),
        passed: schemaOf(number),
        failed: schemaOf(number),
        failedUndocumented: schemaOf(number),
        results: listOf(required()),
        checks: partOfRun('contracts', 'checks'),
      },
      required: [
        'verdict',
        'required',
        'passed',
        'failed',
        'failedUndocumented',
        'results',
        'checks',
      ],
    }),
    of: ['contracts verify'],
    from: commands('contract-verify'),
  },
  'broker-publish': {
    title: '--json of contracts broker publish',
    schema: members({
      consumer: text,
      provider: text,
      version: text,
      branch: text,
      buildUrl: orNull(text),
    }),
    of: ['contracts broker publish'],
    from: commands('contract-broker'),
  },
  'broker-verify': {
    title: '--json of contracts broker verify',
    schema: () => {
      const facts = schemaOfMembers({
        verdict,
        provider: text,
        version: text,
        branch: text,
        buildUrl: orNull(text),
        results: list(anything),
      });
      const properties = facts.properties as Readonly<Record<string, Schema>>;
      return { ...facts, properties: { ...properties, results: listOf(verified()) } };
    },
    of: ['contracts broker verify'],
    from: commands('contract-broker'),
  },
  'broker-can-i-deploy': {
    title: '--json of contracts broker can-i-deploy',
    schema: members({ ok: flag, reason: text }),
    of: ['contracts broker can-i-deploy'],
    from: commands('contract-broker'),
  },
  'broker-record-deployment': {
    title: '--json of contracts broker record-deployment',
    schema: members({ pacticipant: text, version: text, environment: text }),
    of: ['contracts broker record-deployment'],
    from: commands('contract-broker'),
  },
  instance: {
    title: '--json of load run --execution-segment: instance.json, which load merge reads',
    schema: members({
      schema: text,
      scenario: text,
      ours: orNull(text),
      engineVersion: text,
      runTag: text,
      target: anything,
      manifest: manifestOf,
      corpus: text,
      history: text,
      ledger: orNull(text),
      notes: list(anything),
      outcome: anything,
    }),
    of: ['load run'],
    from: ['cli/stages/instance.ts'],
  },
};

/** A text that the compiler knows more of than the schema says. */
function having() {
  return text as never;
}
