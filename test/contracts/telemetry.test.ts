/** Pact counts its users unless it is told not to: it is told, wherever dialproof loads or starts it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment } from '../../contracts/provider/verifier.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';

const OFF = { PACT_DO_NOT_TRACK: 'true', SCARF_ANALYTICS: 'false' };

afterEach(() => {
  jest.resetModules();
  for (const name of Object.keys(OFF)) delete process.env[name];
});

test.each(['@pact-foundation/pact', '@pact-foundation/pact-core'])(
  'telemetry is off before %s is loaded, whatever the user’s environment says',
  (library) => {
    Object.assign(process.env, { PACT_DO_NOT_TRACK: 'false', SCARF_ANALYTICS: 'true' });
    const seen: NodeJS.ProcessEnv[] = [];
    const pact = jest.requireActual<typeof import('../../contracts/pact/pact.ts')>(
      '../../contracts/pact/pact.ts',
    );
    const file = library === '@pact-foundation/pact' ? library : pact.verifierPackage();
    jest.doMock(file, () => {
      seen.push({ ...process.env });
      return {};
    });
    if (library === '@pact-foundation/pact') pact.loadPact();
    else pact.loadPactCore();
    jest.dontMock(file);
    expect(seen).toEqual([expect.objectContaining(OFF)]);
  },
);

test('the verifier’s process is started with telemetry off', () => {
  expect(cleanEnvironment({ PACT_DO_NOT_TRACK: 'false', SCARF_ANALYTICS: 'true' })).toMatchObject(
    OFF,
  );
});

test('the install script that counts installations does not run', () => {
  const { allowScripts } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
    allowScripts: Record<string, boolean>;
  };
  expect(allowScripts['@scarf/scarf']).toBe(false);
});
