/** A comment on the pull request of a GitHub workflow. */

import { markerOf, placeOf, placeSaid } from '../message/marker.ts';
import { messageMarkdown } from '../render/markdown.ts';
import { isReadOnly, putComment } from '../send/comments.ts';
import { githubOf } from '../send/github.ts';
import { writeSummary } from './github-summary.ts';
import type { Context, Outcome, Target } from './target.ts';

export const githubComment: Target = {
  name: 'github-comment',
  place: null,
  does: 'comments on the pull request; a later build updates its comment',
  reads: ['GITHUB_TOKEN'],
  final: false,
  preview: (context) => ({ kind: 'markdown', text: commentOf(context) }),
  send: async (context) => {
    const github = githubOf(context.env, 'the comment');
    if (github.pull === null) {
      return { kind: 'skipped', said: 'this build is not of a pull request' };
    }
    const at = `${github.api}/repos/${github.repository}/issues`;
    try {
      const done = await putComment(
        {
          what: 'GitHub',
          send: context.senderTo('GitHub'),
          headers: github.headers,
          url: `${at}/${github.pull}/comments`,
          change: (id) => ({ method: 'PATCH', url: `${at}/comments/${id}` }),
          advice: (status) =>
            status === 403 ? 'give the job "permissions: pull-requests: write"' : '',
        },
        markerOf(placeOf(context)),
        commentOf(context),
      );
      return { kind: 'sent', said: `${done} on pull request ${github.pull}` };
    } catch (error) {
      if (context.untrusted === null || !isReadOnly(error)) throw error;
      return withoutWriting(context, context.untrusted);
    }
  },
};

/** A build with a read-only token can still write its summary. */
export async function withoutWriting(context: Context, why: string): Promise<Outcome> {
  const { GITHUB_STEP_SUMMARY: path } = context.env;
  const instead = path ? `; the step summary was ${await writeSummary(context, path)}` : '';
  return { kind: 'skipped', said: `${why}, so that its token may only read${instead}` };
}

/** Begins with the mark, by which it is found again. */
export function commentOf(context: Context): string {
  const place = placeOf(context);
  const said = placeSaid(place);
  const name =
    said === ''
      ? ''
      : `<sub>${said.replace(/[&<>`@#\\[\]*_|]/g, (char) => `&#${char.charCodeAt(0)};`)}</sub>\n\n`;
  return messageMarkdown(context.message, `${markerOf(place)}\n${name}`);
}
