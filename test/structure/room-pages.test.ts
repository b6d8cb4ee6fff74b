/** Each room has a README that says what it is for, where to begin, what it may not do, and what tests it. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { wrongWith } from './room-pages.ts';
import { ROOMS } from './rooms.ts';

const at = (path: string) => join(PACKAGE_ROOT, path);

it.each(Object.keys(ROOMS))('%s', (room) => {
  const path = at(`${room}/README.md`);
  const page = existsSync(path) ? readFileSync(path, 'utf8') : null;
  expect(wrongWith(room, page, (one) => existsSync(at(one)))).toEqual([]);
});

describe('is found:', () => {
  const sound = [
    '# attic/',
    '',
    'What is kept.',
    '',
    '**Read first:** `chest.ts`, and `lids/` for',
    '`lids/flat.ts`.',
    '',
    '**It may not:** leak.',
    '',
    '**Tests:** `test/attic`, by `npm test`.',
    '',
    'More: [CONTRIBUTING.md](../CONTRIBUTING.md#rooms).',
  ].join('\n');
  const there = ['attic/chest.ts', 'attic/lids/', 'attic/lids/flat.ts', 'test/attic'];
  const said = (page: string | null) => wrongWith('attic', page, (path) => there.includes(path));

  it('nothing, where all is well', () => {
    expect(said(sound)).toEqual([]);
  });

  it.each([
    [null, 'is missing: say what the room is for'],
    [sound.replace('# attic/', '# Attic'), 'begins with "# Attic", not with "# attic/"'],
    [`${sound}\n\nMore\nand\nmore.`, 'has 16 lines, not 5 to 15'],
    [sound.replace('It may not', 'It must not'), 'has no part "It may not"'],
    [sound.replace('CONTRIBUTING.md#rooms', 'README.md'), 'does not link to CONTRIBUTING.md'],
    [sound.replace('`chest.ts`', '`trunk.ts`'), 'names trunk.ts, which is not there'],
    [sound.replace('lids/flat.ts', 'lids/bent.ts'), 'names lids/bent.ts, which is not there'],
    [sound.replace('test/attic', 'test/cellar'), 'names test/cellar, which is not there'],
  ])('%#', (page, sentence) => {
    expect(said(page)).toEqual([`attic/README.md ${sentence}`]);
  });
});
