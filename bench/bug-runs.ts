/**
 * npm run record-bugs: runs `dialproof run` under each seeded bug, and keeps what failed.
 *
 * The test of causes reads it. What passed is left out, and of the evidence one of each kind is kept.
 */

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BUG_NAMES } from '../emulator/bugs/bugs.ts';
import { readRun } from '../run/json.ts';
import type { Run } from '../run/run.ts';
import { interactionVerdict } from '../run/verdict.ts';
import { NODE_ARGS, PACKAGE_ROOT } from '../system/package.ts';

const FILE = join(PACKAGE_ROOT, 'test', 'run', 'bug-runs.json');

/** Bugs of which two are run at once as well. */
const PAIRS = [
  ['wrong-code', 'counts-items'],
  ['drops-item', 'creates-on-refusal'],
  ['forgets-tokens', 'reuses-contact-ids'],
  ['replay-new-ids', 'accepts-bad-signature'],
  ['larger-burst', 'swaps-stored-identifiers'],
];

async function main(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'dialproof-bugs-'));
  try {
    const found: Record<string, Run> = {};
    // A run does not crash, so this bug does nothing in it.
    const singles = BUG_NAMES.filter((name) => name !== 'loses-at-crash').map((name) => [name]);
    for (const bugs of [...singles, ...PAIRS]) {
      found[bugs.join(' + ')] = failuresOf(await runUnder(bugs, dir));
      process.stderr.write(`${bugs.join(' + ')}\n`);
    }
    await writeFile(FILE, `${JSON.stringify(found)}\n`);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function runUnder(bugs: readonly string[], dir: string): Promise<Run> {
  const options = bugs.flatMap((bug) => ['--bug', bug]);
  const args = [join(PACKAGE_ROOT, 'cli', 'main.ts'), 'run', ...options, '--json', '--out', dir];
  const started = promisify(execFile)(process.execPath, [...NODE_ARGS, ...args], {
    cwd: PACKAGE_ROOT,
    maxBuffer: 1 << 26,
  });
  // It ends with 1: the run fails.
  const { stdout } = await started.catch((error: { stdout: string }) => error);
  return readRun(stdout);
}

export function failuresOf(run: Run): Run {
  const oneOfEach = <E extends { readonly kind: string }>(evidence: readonly E[]): readonly E[] =>
    evidence.filter((one, i) => evidence.findIndex(({ kind }) => kind === one.kind) === i);
  return {
    ...run,
    versions: {},
    origin: null,
    contacts: null,
    reasons: run.reasons.slice(0, 1),
    contracts: run.contracts.map((contract) => ({
      ...contract,
      interactions: contract.interactions
        .filter((one) => interactionVerdict(one) === 'fail')
        .map((one) => ({
          ...one,
          detail:
            one.detail?.kind === 'differences'
              ? {
                  ...one.detail,
                  differences: one.detail.differences.map(({ where }) => ({ where, text: '' })),
                }
              : one.detail,
        })),
      checks: contract.checks.filter(({ verdict }) => verdict === 'fail'),
      coverage: [],
      mutation: null,
      drift: null,
    })),
    campaigns: run.campaigns && {
      ...run.campaigns,
      campaigns: [],
      checks: run.campaigns.checks
        .filter(({ verdict }) => verdict === 'fail')
        .map((check) => ({ ...check, evidence: oneOfEach(check.evidence) })),
    },
    load: run.load.map((load) => ({
      ...load,
      findings: [],
      predicted: {},
      answered: {},
      series: [],
      thresholds: load.thresholds.filter(({ ok, judged }) => judged && !ok),
      checks: [],
      metrics: [],
      failedAnswers: [],
      audit: {
        ...load.audit,
        invariants: load.audit.invariants
          .filter(({ verdict }) => verdict === 'violated')
          .map((one) => ({ ...one, evidence: oneOfEach(one.evidence) })),
      },
    })),
  };
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${(error as Error).stack}\n`);
    process.exitCode = 1;
  });
}
