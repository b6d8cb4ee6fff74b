import {
  type LifeCycleCall,
  type Standing,
  transitionOf,
} from '../../../operation/campaigns/life-cycle.ts';

const CALLS: readonly LifeCycleCall[] = [
  'StartCampaign',
  'PauseCampaign',
  'ResumeCampaign',
  'StopCampaign',
  'DeleteCampaign',
];

const S = 'InvalidCampaignStateException';
const C = 'ConflictException';
const V = 'ValidationException';

const TABLE: readonly [Standing, ...string[]][] = [
  ['Initialized', 'starting', S, S, S, 'gone'],
  ['starting', C, S, S, S, V],
  ['Running', S, 'Paused', S, 'Stopped', V],
  ['Paused', S, S, 'Running', 'Stopped', V],
  ['Stopped', S, S, S, S, 'gone'],
  ['Failed', S, S, S, S, 'gone'],
  ['Completed', S, S, S, C, 'gone'],
];

const cells = TABLE.flatMap(([standing, ...outcomes]) =>
  CALLS.map((call, i) => ({ standing, call, outcome: outcomes[i] as string })),
);

it.each(cells)('$call of a campaign that is $standing: $outcome', ({ standing, call, outcome }) => {
  const isError = outcome.endsWith('Exception');
  expect(transitionOf(standing, call, S)).toEqual(isError ? { error: outcome } : { to: outcome });
  expect(transitionOf(standing, call, C)).toEqual(
    isError ? { error: outcome === S ? C : outcome } : { to: outcome },
  );
});
