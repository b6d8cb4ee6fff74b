/** The self-checks that need more than a load scenario: the contract, and an endpoint that is killed. */

import { join } from 'node:path';
import { checkOurselves, selfChecksOf } from '../../cli/stages/self-checks.ts';
import { Terminal } from '../../cli/terminal/terminal.ts';
import { contractNamed } from '../../contracts/contract-list.ts';
import { writePact } from '../../contracts/contracts.ts';
import { BUG_NAMES } from '../../emulator/bugs/bugs.ts';
import { BUILT_IN_PLANS } from '../../emulator/faults/built-in-plans.ts';
import type { CorpusManifest } from '../../generators/corpus.ts';
import { embeddedEngine } from '../../load/engines/embedded.ts';
import type { SelfChecks } from '../../load/self-check/self-checks.ts';
import type { ContractsResult } from '../../run/run.ts';
import { passing } from '../reports/samples.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();

/** These two start what they need themselves. */
const NOTHING = {} as SelfChecks;

function checkOf(bug: string, contracts: readonly ContractsResult[]) {
  const found = selfChecksOf(contracts, dir).find(({ name }) => name === `seeded bug ${bug}`);
  if (!found) throw new Error(`there is no check of ${bug}`);
  return found;
}

it('there is one for every seeded bug and every fault plan with a name', () => {
  const all = selfChecksOf(passing.contracts, dir).map(({ name }) => name);
  expect([...all].sort()).toEqual(
    [
      ...BUG_NAMES.map((bug) => `seeded bug ${bug}`),
      ...Object.keys(BUILT_IN_PLANS).map((plan) => `fault plan ${plan}`),
    ].sort(),
  );
  const without = selfChecksOf([], dir).map(({ name }) => name);
  expect(all.filter((name) => !without.includes(name))).toEqual([
    'seeded bug accepts-bad-signature',
  ]);
});

it('a crash that loses what was acknowledged is caught', async () => {
  expect(await checkOf('loses-at-crash', []).run(NOTHING)).toEqual({
    name: 'seeded bug loses-at-crash',
    verdict: 'pass',
    detail: {
      kind: 'crash violation',
      sought: 'lost',
      found: { kind: 'lost', batch: expect.any(Number), contactId: expect.any(String) },
    },
  });
});

it('calls that are made again after a crash are caught', async () => {
  expect(await checkOf('dials-again-after-crash', []).run(NOTHING)).toEqual({
    name: 'seeded bug dials-again-after-crash',
    verdict: 'pass',
    detail: {
      kind: 'road crash violation',
      sought: 'second dial',
      found: expect.objectContaining({ kind: 'second dial' }),
    },
  });
});

it('a signature that is not looked at is caught by the contract', async () => {
  const { results } = await writePact(contractNamed('BatchPutContact'), join(dir, 'pacts'));
  const contract = {
    ...(passing.contracts[0] as ContractsResult),
    pactFile: join('pacts', 'outbound-dialer-dialproof-emulator.json'),
    interactions: results.map(({ description, pins }) => ({
      description,
      pins,
      consumer: 'pass' as const,
      provider: 'pass' as const,
      detail: null,
      undocumented: null,
    })),
  };
  expect(await checkOf('accepts-bad-signature', [contract]).run(NOTHING)).toEqual({
    name: 'seeded bug accepts-bad-signature',
    verdict: 'pass',
    detail: {
      kind: 'interactions failing',
      pins: 'InvalidSignatureException',
      failing: ['InvalidSignatureException'],
    },
  });
});

it('what an interruption leaves is not exercised, and nothing is started for it', async () => {
  const results = await checkOurselves(
    { terminal: new Terminal(true), signal: AbortSignal.abort() },
    {
      engine: embeddedEngine,
      corpusDir: dir,
      manifest: {} as CorpusManifest,
      outDir: dir,
      contracts: [],
    },
  );
  expect(results).toHaveLength(selfChecksOf([], dir).length);
  expect(new Set(results.map(({ verdict }) => verdict))).toEqual(new Set(['not exercised']));
});
