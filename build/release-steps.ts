/** The steps of a release, on a world that is handed in: commands, files, and the person at the terminal. */

import { basename } from 'node:path';
import { UserError } from '../system/errors.ts';

export interface World {
  /** As package.json has it. */
  readonly version: string;
  readonly changelog: string;
  /** @returns stdout. @throws UserError if git does not end with 0. */
  git(...args: readonly string[]): string;
  /** Runs a command that prints for itself. @throws UserError if it does not end with 0. */
  run(command: 'npm' | 'publint', ...args: readonly string[]): void;
  /** Makes the package. @returns the path of the tarball. */
  pack(): string;
  /** What the person types; null if nobody can be asked. */
  readonly ask: ((question: string) => Promise<string>) | null;
  say(line: string): void;
}

/** Heading of a version: `## 1.2.3 (2026-11-29)`, or `## 1.2.3 (unreleased)` until it is released. */
const HEADING = /^## (\S+) \((unreleased|\d{4}-\d\d-\d\d)\)$/;

/**
 * Checks, packs, and says what would be tagged and published. Without `dryRun` it then publishes and tags, if the
 * person at the terminal types the version.
 *
 * @throws UserError for the first thing that is not as it must be.
 */
export async function release(world: World, { dryRun }: { dryRun: boolean }): Promise<void> {
  const { version, ask, say } = world;
  const tag = `v${version}`;
  if (!dryRun && !ask) {
    throw new UserError(
      'a release needs a terminal, because somebody must confirm it: add --dry-run to rehearse it without one',
    );
  }
  checkTree(world);
  const dated = checkChangelog(world);
  if (!dated && !dryRun) {
    throw new UserError(
      `CHANGELOG.md calls ${version} unreleased: put the date there and commit it`,
    );
  }
  if (world.git('tag', '--list', tag).trim() !== '') {
    throw new UserError(`there is a tag ${tag}: raise the version in package.json`);
  }
  world.run('npm', 'run', 'check');
  const tarball = world.pack();
  world.run('publint', '--strict', tarball);
  const commit = world.git('rev-parse', '--short', 'HEAD').trim();

  say(`Package: ${basename(tarball)}`);
  say(`Tag: ${tag} on ${commit}`);
  say(`Command: npm publish ${basename(tarball)}`);
  if (dryRun) {
    if (!dated) say(`To do: CHANGELOG.md still calls ${version} unreleased.`);
    say('This was a rehearsal: nothing was tagged, and nothing was published.');
    return;
  }
  const typed = await ask?.(`Type ${version} to publish it: `);
  if (typed?.trim() !== version) {
    throw new UserError('not confirmed: nothing was tagged, and nothing was published');
  }
  // The tarball, not the folder: what was checked is what is published.
  world.run('npm', 'publish', tarball);
  // After it, so that there is no tag of a version that was never published.
  try {
    world.git('tag', '--annotate', tag, '--message', `dialproof ${version}`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      `${version} is published, but not tagged (${error.message}): git tag --annotate ${tag} ${commit} --message "dialproof ${version}"`,
    );
  }
  say(`Published. To do: git push origin ${tag}`);
}

function checkTree(world: World): void {
  const changed = world.git('status', '--porcelain').split('\n').filter(Boolean);
  const [first = ''] = changed;
  if (changed.length === 0) return;
  const more = changed.length === 1 ? '' : ` and ${changed.length - 1} more`;
  throw new UserError(
    `the tree is not clean (${first.slice(3)}${more}): commit or remove what is not committed`,
  );
}

/** @returns whether the section of the version has a date. */
function checkChangelog({ changelog, version }: World): boolean {
  const lines = changelog.split('\n');
  const at = lines.findIndex((line) => HEADING.exec(line)?.[1] === version);
  if (at === -1) {
    throw new UserError(
      `CHANGELOG.md has no section of ${version}: add "## ${version} (YYYY-MM-DD)" with what users notice`,
    );
  }
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line.startsWith('## '));
  const entries = (end === -1 ? rest : rest.slice(0, end)).some((line) => line.startsWith('- '));
  if (!entries) {
    throw new UserError(
      `the section of ${version} in CHANGELOG.md is empty: say what users notice`,
    );
  }
  return HEADING.exec(lines[at] ?? '')?.[2] !== 'unreleased';
}
