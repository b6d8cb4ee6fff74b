/** English sentences about the check that must catch a seeded bug. */

import type { CatcherNamed } from '../../run/statements/catcher.ts';
import { CRASH_KINDS } from './crash.ts';
import { ROAD_CRASH_SIGNS } from './road.ts';
import { oldText, saying } from './sentences.ts';

type Known = Exclude<CatcherNamed, { kind: 'text' }>;

/** The command that it is run by. */
export const catcherCommand = saying<Known>({
  scenario: ({ scenario }) => `load run ${scenario}`,
  contract: () => 'contracts',
  'crash test': () => 'crash-test',
  'road crash test': () => 'crash-test --campaigns',
});

/** What that then says. */
export const catcherSign = saying<Known>({
  scenario: ({ invariant }) => `“${invariant}” is violated`,
  contract: ({ pins }) => `the interaction that pins ${pins} fails`,
  'crash test': ({ violation }) => CRASH_KINDS[violation],
  'road crash test': ({ violation }) => ROAD_CRASH_SIGNS[violation],
});

function both(catcher: Known): string {
  return `${catcherCommand(catcher)}: ${catcherSign(catcher)}`;
}

export const catcherSaid = saying<CatcherNamed>({
  scenario: both,
  contract: both,
  'crash test': both,
  'road crash test': both,
  ...oldText,
});
