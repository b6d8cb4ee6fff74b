/** A scenario is one row and one script. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SCENARIO_NAMES, scenarioRow } from '../../load/lib/profiles.ts';
import { needsFaults, ownScript, scriptOf } from '../../load/run/run-script.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';

it('every row has a script, and every script a row', () => {
  const scripts = readdirSync(join(PACKAGE_ROOT, 'load', 'scenarios'));
  expect(scripts.sort()).toEqual(SCENARIO_NAMES.map((name) => `${name}.ts`).sort());
});

it.each(SCENARIO_NAMES)('%s: what makes it brief are values that it has', (name) => {
  const { profile, brief } = scenarioRow(name) ?? { profile: {}, brief: {} };
  expect(Object.keys(profile)).toEqual(expect.arrayContaining(Object.keys(brief)));
  expect(Object.keys(brief).length).toBeGreaterThan(0);
});

it('a script of one’s own is none of ours, whatever it is called', async () => {
  expect(needsFaults(scriptOf('fault'))).toBe(true);
  expect(needsFaults(scriptOf('smoke'))).toBe(false);
  const own = await ownScript(scriptOf('fault').path);
  expect(own).toMatchObject({ name: 'fault', scenario: null });
  expect(needsFaults(own)).toBe(false);
});
