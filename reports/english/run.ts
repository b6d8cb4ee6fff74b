/** Why a run does not pass, in English. */

import type { RunReason } from '../../run/statements/run.ts';
import { catcherSaid } from './catcher.ts';
import { loadReasonSaid, ofAll } from './load.ts';
import { oldText, saying, someOf } from './sentences.ts';

interface Named {
  readonly verdict: 'fail' | 'not exercised';
  readonly names: readonly string[];
  readonly of: number;
}

export const runReasonSaid = saying<RunReason>({
  interactions: (reason) => `Contracts: ${namesSaid('interaction', reason)}`,
  'contract checks': (reason) => `Contracts: ${namesSaid('contract check', reason)}`,
  contracts: ({ verdict }) => `Contracts: ${verdictSaid(verdict, 1)}`,
  'campaign checks': (reason) => `Campaigns: ${namesSaid('check', reason)}`,
  campaigns: ({ verdict }) => `Campaigns: they ${verdictSaid(verdict, 2)}`,
  load: ({ scenario, because }) => `Load ${scenario}: ${loadReasonSaid(because)}`,
  'self-checks': (reason) => `Self-checks: ${namesSaid('check', reason)}`,
  'bug missed': ({ bug, catcher }) => `Seeded bug ${bug} was not caught (${catcherSaid(catcher)}).`,
  interrupted: () => 'The run was interrupted: only what had finished by then is judged.',
  'nothing exercised': () =>
    'Nothing was exercised: the run has no contracts, no campaigns and no load.',
  'pass disputed': () => 'The run is recorded as pass, but its parts are not.',
  unsaid: () => 'The run gives no reason; what failed is listed below.',
  ...oldText,
});

function namesSaid(noun: string, { verdict, names, of }: Named): string {
  return `${ofAll(names.length, of, noun)} ${verdictSaid(verdict, names.length)}: ${someOf(names)}`;
}

function verdictSaid(verdict: Named['verdict'], n: number): string {
  if (verdict === 'not exercised') return n === 1 ? 'was not exercised' : 'were not exercised';
  return n === 1 ? 'fails' : 'fail';
}
