/** The step summary of a GitHub workflow: a file that GitHub shows on the page of the run. */

import { readFile, writeFile } from 'node:fs/promises';
import { renderMarkdown } from '../../reports/markdown/markdown.ts';
import { UserError } from '../../system/errors.ts';
import { markerOf, placeOf } from '../message/marker.ts';
import { messageMarkdown } from '../render/markdown.ts';
import type { Context, Target } from './target.ts';

/** GitHub drops the summary of a step above this size, and the step does not fail. */
const MOST_BYTES = 1_024 * 1_024;

export const githubSummary: Target = {
  name: 'github-summary',
  place: null,
  does: "writes the step summary of the workflow's run",
  reads: ['GITHUB_STEP_SUMMARY'],
  final: false,
  preview: (context) => ({ kind: 'markdown', text: summaryOf(context) }),
  send: async (context) => {
    const path = context.env.GITHUB_STEP_SUMMARY;
    if (!path) {
      throw new UserError(
        'the step summary needs GITHUB_STEP_SUMMARY: run this in a step of a GitHub workflow',
      );
    }
    return { kind: 'sent', said: await writeSummary(context, path) };
  },
};

/** Writes the summary, in the place of an earlier one of the same step. @returns what was done. */
export async function writeSummary(context: Context, path: string): Promise<string> {
  const marker = markerOf(placeOf(context));
  const end = marker.replace('<!-- ', '<!-- end of ');
  const before = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new UserError(`cannot read the step summary (${error.code})`);
  });
  const [from, to] = [before.indexOf(marker), before.indexOf(end)];
  const others =
    from < 0 || to < from
      ? [before.endsWith('\n') || before === '' ? before : `${before}\n`, '']
      : [before.slice(0, from), before.slice(to + end.length + 1)];
  for (const text of [summaryOf(context), messageMarkdown(context.message)]) {
    const whole = `${others[0]}${marker}\n${text}\n${end}\n${others[1]}`;
    if (Buffer.byteLength(whole) > MOST_BYTES) continue;
    await writeFile(path, whole).catch((error: NodeJS.ErrnoException) => {
      throw new UserError(`cannot write the step summary (${error.code})`);
    });
    return from < 0 ? 'written' : 'updated';
  }
  throw new UserError(
    'the step summary has no room left (GitHub takes 1,024 KiB of a step): publish in a step of its own',
  );
}

function summaryOf({ run, message, redact }: Context): string {
  const links = message.links.map(({ label, url }) => `[${label}](<${url}>)`).join(' · ');
  return `${redact(renderMarkdown(run))}${links === '' ? '' : `\n${links}\n`}`;
}
