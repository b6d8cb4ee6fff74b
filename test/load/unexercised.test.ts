/** What a scenario does not exercise at an endpoint, or with a corpus, as data before anything is sent. */

import type { ScenarioName } from '../../load/lib/profiles.ts';
import { type LoadTarget, scriptOf, unexercised, untried } from '../../load/run/run-script.ts';
import { FAILURE_CODES } from '../../operation/connect/batch-put-contact/failures.ts';
import { choose } from '../../operation/connect/choices.ts';
import type { EndpointType } from '../../operation/connect/enums.ts';
import type { LoadFault } from '../../run/statements/load.ts';

type Given = Parameters<typeof unexercised>[0];

const EVERY = Object.fromEntries(FAILURE_CODES.map((code) => [code, 1]));

const given = (
  scenario: ScenarioName,
  change: Omit<Partial<Given>, 'manifest'> & { predicted?: Record<string, number> } = {},
): Given => {
  const { predicted = EVERY, ...more } = change;
  const manifest = { predicted } as unknown as Given['manifest'];
  return { script: scriptOf(scenario), values: {}, manifest, target: {}, ...more };
};

const diallable = (type: EndpointType = 'TELEPHONE_NUMBER') => ({
  choices: choose({ diallableTypes: [type] }),
});

const only = (code: string) => ({ predicted: { CREATED: 9, [code]: 1 } });

it.each<[string, Given, LoadFault[]]>([
  ['nothing, where there is no cap', given('quota'), []],
  [
    'the burst, where the cap is the quota',
    given('quota', { rps: 10 }),
    [{ kind: 'burst not sent', cap: 10 }],
  ],
  ['nothing, where the cap is above the quota', given('quota', { rps: 11 }), []],
  [
    'nothing, where the quota is set lower',
    given('quota', { rps: 10, values: { quotaRate: 5 } }),
    [],
  ],
  ['nothing, in a scenario that keeps to any rate', given('smoke', { rps: 1, predicted: {} }), []],
  ['nothing, with every code', given('mix'), []],
  [
    'the codes that are missing',
    given('mix', only('INVALID_QUEUE')),
    [{ kind: 'codes missing', codes: FAILURE_CODES.filter((code) => code !== 'INVALID_QUEUE') }],
  ],
  ['nothing, with a retryable code', given('partial', only('INTERNAL_ERROR')), []],
  [
    'retryable codes',
    given('partial', only('INVALID_QUEUE')),
    [{ kind: 'codes missing', codes: ['REQUEST_THROTTLED', 'INTERNAL_ERROR'] }],
  ],
  ['nothing, where it is not known what is diallable', given('pipeline'), []],
  ['nothing, where telephone numbers are', given('pipeline', { target: diallable() }), []],
  ...(['pipeline', 'feeder-pressure', 'expiry'] as const).map(
    (scenario): [string, Given, LoadFault[]] => [
      `contacts, where they are not: ${scenario}`,
      given(scenario, { target: diallable('EMAIL_ADDRESS') }),
      [{ kind: 'no contacts', diallable: ['EMAIL_ADDRESS'] }],
    ],
  ),
  ['nothing, in a scenario without calls', given('dial', { target: diallable('VOIP') }), []],
])('%s', (_, run, expected) => {
  expect(unexercised(run)).toEqual(expected);
});

it('says where no key of another account is known', () => {
  const target = {} as LoadTarget;
  const otherAccount = { accessKeyId: 'A', secretAccessKey: 's' };
  const script = scriptOf('quota');
  expect(untried({ script, target })).toEqual([{ kind: 'one account' }]);
  expect(untried({ script, target: { ...target, otherAccount } })).toEqual([]);
  expect(untried({ script: scriptOf('smoke'), target })).toEqual([]);
});
