/** Every dependency is pinned, licensed permissively, and there for a stated reason. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';

const read = (...path: string[]) => readFileSync(join(PACKAGE_ROOT, ...path), 'utf8');
const manifest = JSON.parse(read('package.json')) as Record<
  'dependencies' | 'devDependencies' | 'peerDependencies' | 'peerDependenciesMeta',
  Record<string, string>
>;
const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });

/** Names in the first cells of the page's table. */
const explained = [...read('docs', 'dependencies.md').matchAll(/^\| (`.*?) \| \S/gm)].flatMap(
  ([, cell]) => [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
);

test('docs/dependencies.md has each of them, and no other', () => {
  expect(explained.toSorted()).toEqual(all.map(([name]) => name).sort());
});

test.each(all)('%s is pinned to %s, and may be used', (name, version) => {
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  const { license } = JSON.parse(read('node_modules', name, 'package.json')) as { license: string };
  expect(license).toMatch(/^(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|MPL-2\.0|MIT OR Apache-2\.0)$/);
});

describe.each(Object.entries(manifest.peerDependencies))('the peer %s', (name, range) => {
  it('is optional, and pinned for the tests to the lowest version that it allows', () => {
    expect(manifest.peerDependenciesMeta[name]).toEqual({ optional: true });
    expect(range).toBe(`^${manifest.devDependencies[name]}`);
  });
});
