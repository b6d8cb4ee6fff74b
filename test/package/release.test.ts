/** What stops a release, and what a rehearsal does not do. git is real; npm and publint are written down. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { release, type World } from '../../build/release-steps.ts';
import { UserError } from '../../system/errors.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();
const DATED =
  '# Changelog\n\n## 1.2.3 (2026-11-29)\n\n- A change.\n\n## 1.2.2 (2026-11-01)\n\n- Old.\n';
const UNRELEASED = DATED.replace('2026-11-29', 'unreleased');

/** A repository with one commit, and what was run, asked and said. */
function house(change: Partial<World> = {}, typed = '1.2.3') {
  const root = mkdtempSync(join(dir, 'house-'));
  const ran: string[] = [];
  const said: string[] = [];
  const git = (...args: readonly string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'tag.gpgSign=false', ...args],
      { cwd: root, encoding: 'utf8' },
    );
  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '--no-gpg-sign', '--message', 'first');
  const world: World = {
    version: '1.2.3',
    changelog: DATED,
    git,
    run: (...command) => {
      ran.push(command.join(' '));
    },
    pack: () => {
      ran.push('pack');
      return '/tmp/a-1.2.3.tgz';
    },
    ask: async () => typed,
    say: (line) => {
      said.push(line);
    },
    ...change,
  };
  return { root, git, ran, said, world };
}

const CHECKED = ['npm run check', 'pack', 'publint --strict /tmp/a-1.2.3.tgz'];

describe.each([true, false])('with dryRun %s, it does not begin', (dryRun) => {
  async function refusal({ world, ran, git }: ReturnType<typeof house>): Promise<string> {
    const tags = git('tag', '--list');
    const error: unknown = await release(world, { dryRun }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(ran).toEqual([]);
    expect(git('tag', '--list')).toBe(tags);
    return (error as UserError).message;
  }

  test('with a file that is not committed, or with several', async () => {
    const here = house();
    writeFileSync(join(here.root, 'b.ts'), '');
    expect(await refusal(here)).toBe(
      'the tree is not clean (b.ts): commit or remove what is not committed',
    );
    writeFileSync(join(here.root, 'a.ts'), '');
    expect(await refusal(here)).toContain('(a.ts and 1 more)');
  });

  test.each([
    ['', 'CHANGELOG.md has no section of 1.2.3'],
    [DATED.replaceAll('1.2.3', '1.2.30'), 'CHANGELOG.md has no section of 1.2.3'],
    [DATED.replace('- A change.\n', ''), 'the section of 1.2.3 in CHANGELOG.md is empty'],
  ])('%#: without its section of the changelog', async (changelog, sentence) => {
    expect(await refusal(house({ changelog }))).toContain(sentence);
  });

  test('with a tag that is there', async () => {
    const here = house();
    here.git('tag', 'v1.2.3');
    expect(await refusal(here)).toBe('there is a tag v1.2.3: raise the version in package.json');
  });
});

test('it needs a date and a terminal', async () => {
  await expect(release(house({ ask: null }).world, { dryRun: false })).rejects.toThrow(
    'a release needs a terminal',
  );
  const here = house({ changelog: UNRELEASED });
  await expect(release(here.world, { dryRun: false })).rejects.toThrow('calls 1.2.3 unreleased');
  expect(here.ran).toEqual([]);
});

test('a rehearsal checks and packs, and neither asks, tags nor publishes', async () => {
  const here = house({ changelog: UNRELEASED, ask: null });
  await release(here.world, { dryRun: true });
  expect(here.ran).toEqual(CHECKED);
  expect(here.git('tag', '--list')).toBe('');
  expect(here.said).toEqual([
    'Package: a-1.2.3.tgz',
    `Tag: v1.2.3 on ${here.git('rev-parse', '--short', 'HEAD').trim()}`,
    'Command: npm publish a-1.2.3.tgz',
    'To do: CHANGELOG.md still calls 1.2.3 unreleased.',
    'This was a rehearsal: nothing was tagged, and nothing was published.',
  ]);
});

test('what is confirmed is published and tagged', async () => {
  const here = house();
  await release(here.world, { dryRun: false });
  expect(here.ran).toEqual([...CHECKED, 'npm publish /tmp/a-1.2.3.tgz']);
  expect(here.git('tag', '--list')).toBe('v1.2.3\n');
});

test('what is published and cannot be tagged says how to tag it', async () => {
  const here = house();
  const git: World['git'] = (...args) => {
    if (args.includes('--annotate')) throw new UserError('"git tag" ended with 128: see above');
    return here.git(...args);
  };
  const commit = here.git('rev-parse', '--short', 'HEAD').trim();
  await expect(release({ ...here.world, git }, { dryRun: false })).rejects.toThrow(
    `1.2.3 is published, but not tagged ("git tag" ended with 128: see above): git tag --annotate v1.2.3 ${commit} --message "dialproof 1.2.3"`,
  );
});

test('what is not confirmed, or fails a check or to publish, is not tagged', async () => {
  const other = house({}, 'yes');
  await expect(release(other.world, { dryRun: false })).rejects.toThrow('not confirmed');
  expect(other.ran).toEqual(CHECKED);
  for (const failing of ['run check', 'publish']) {
    const here = house({
      run: (...command) => {
        if (command.join(' ').includes(failing)) throw new UserError('it failed');
      },
    });
    await expect(release(here.world, { dryRun: false })).rejects.toThrow('it failed');
    expect(here.git('tag', '--list')).toBe('');
  }
});
