/** Writes what would be sent into a folder, and draws it. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UnavailableError, UserError } from '../../system/errors.ts';
import { makeFolder } from '../../system/make-folder.ts';
import type { Preview } from '../targets/target.ts';
import { markdownPage } from './markdown.ts';
import { slackPage } from './slack.ts';
import { teamsPage } from './teams.ts';

interface Drawn {
  /** Ending of the file that has what is sent. */
  readonly ending: string;
  readonly text: string;
  /** Null where there is nothing to draw. */
  readonly page: (() => string | Promise<string>) | null;
}

function drawn(preview: Preview): Drawn {
  switch (preview.kind) {
    case 'slack':
      return { ending: 'json', text: json(preview.body), page: () => slackPage(preview.body) };
    case 'teams':
      return { ending: 'json', text: json(preview.body), page: () => teamsPage(preview.body) };
    case 'markdown':
      return { ending: 'md', text: preview.text, page: () => markdownPage(preview.text) };
    case 'json':
      return { ending: 'json', text: preview.text, page: null };
    case 'files':
      return { ending: 'txt', text: `${preview.paths.join('\n')}\n`, page: null };
  }
}

export interface Written {
  readonly paths: readonly string[];
  /** Why there is no picture; null where there is one, or nothing to draw. */
  readonly undrawn: string | null;
}

/** @throws UserError where the folder cannot be written. */
export async function writePreview(dir: string, name: string, preview: Preview): Promise<Written> {
  const { ending, text, page } = drawn(preview);
  const paths = [join(dir, `${name}.${ending}`)];
  let undrawn: string | null = null;
  try {
    await makeFolder(dir);
    await writeFile(paths[0] as string, text);
    if (page) {
      const html = await page();
      paths.push(join(dir, `${name}.html`));
      await writeFile(paths[1] as string, html);
    }
  } catch (error) {
    if (error instanceof UnavailableError) undrawn = error.message;
    else {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      throw new UserError(`cannot write to ${dir} (${code}): choose another folder with --dry-run`);
    }
  }
  return { paths, undrawn };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
