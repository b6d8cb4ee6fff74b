/** What `load run --target` learns from the control door of an emulator. */

import { type TargetOptions, targetFor } from '../../cli/commands/load-target.ts';
import { type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts';
import { scriptOf } from '../../load/run/run-script.ts';
import { type Choices, choose } from '../../operation/connect/choices.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';

const QUOTA = { ratePerSecond: 10, burst: 15 };
const LOAD = { script: scriptOf('smoke'), endpoint: 'stress', values: {} } as const;

async function chosen(
  choices: Partial<Choices>,
  faults: EmulatorOptions['faults'],
  withControl: boolean,
) {
  const facts = ordinaryFacts({ choices: choose(choices) });
  const emulator = await startEmulator({ facts, ...(faults ? { faults } : {}) });
  try {
    const options = {
      bug: [],
      choice: {},
      target: emulator.url,
      quota: QUOTA,
      ...(withControl ? { control: emulator.controlUrl } : {}),
    } as unknown as TargetOptions;
    const target = await targetFor(options, LOAD);
    const { quota } = await target.endpointFor('aws');
    return { quota, choices: target.choices };
  } finally {
    await emulator.close();
  }
}

it.each<[string, Partial<Choices>, EmulatorOptions['faults'], boolean, object]>([
  ['nothing, without a control door', {}, undefined, false, { quota: QUOTA, choices: undefined }],
  [
    'the choices',
    { diallableTypes: ['VOIP'] },
    undefined,
    true,
    { quota: QUOTA, choices: choose({ diallableTypes: ['VOIP'] }) },
  ],
  [
    'a refill that the audit cannot follow',
    { bucketRefill: 'per-second' },
    undefined,
    true,
    { quota: null, choices: choose({ bucketRefill: 'per-second' }) },
  ],
  [
    'faults that throttle',
    {},
    { faults: [{ fault: 'throttle', when: { share: 0.1 } }] },
    true,
    { quota: null, choices: choose() },
  ],
])('%s', async (_, choices, faults, withControl, expected) => {
  expect(await chosen(choices, faults, withControl)).toEqual(expected);
});

it('refuses an address whose path would not be sent', async () => {
  const options = { bug: [], choice: {}, target: 'http://127.0.0.1:1/stage/v1' };
  await expect(targetFor(options as unknown as TargetOptions, LOAD)).rejects.toThrow(
    '"http://127.0.0.1:1/stage/v1" has a path, which would not be sent: give http://127.0.0.1:1',
  );
});
