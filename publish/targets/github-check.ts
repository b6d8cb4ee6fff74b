/** A check run on the commit of a GitHub workflow. */

import { createHash } from 'node:crypto';
import type { RunVerdict } from '../../run/run.ts';
import { UserError } from '../../system/errors.ts';
import { markerOf, placeOf, placeSaid } from '../message/marker.ts';
import { messageMarkdown } from '../render/markdown.ts';
import { type Github, githubOf } from '../send/github.ts';
import { needOk, type Request } from '../send/http.ts';
import { withoutWriting } from './github-comment.ts';
import type { Context, Target } from './target.ts';

/** Whatever is not a pass fails the check, as it fails the command. */
const CONCLUSIONS: Readonly<Record<RunVerdict, string>> = {
  pass: 'success',
  fail: 'failure',
  'not valid': 'failure',
  'not exercised': 'failure',
};

export const githubCheck: Target = {
  name: 'github-check',
  place: null,
  does: 'makes a check run on the commit; publishing again updates it',
  reads: ['GITHUB_TOKEN'],
  final: false,
  preview: (context) => ({ kind: 'markdown', text: messageMarkdown(context.message) }),
  send: async (context) => {
    const github = githubOf(context.env, 'the check run');
    const { commit } = context.message;
    if (!commit)
      throw new UserError(
        'the check run needs the commit: run it in a GitHub workflow, which sets GITHUB_ACTIONS and GITHUB_SHA',
      );
    const call = caller(context, github);
    const at = `${github.api}/repos/${github.repository}`;
    const check = checkOf(context, commit);
    const listed = await call({
      method: 'GET',
      url: `${at}/commits/${commit}/check-runs?check_name=${encodeURIComponent(check.name)}&per_page=100`,
      repeatable: true,
    });
    if (listed.refused) return withoutWriting(context, listed.refused);
    const { check_runs: found } = JSON.parse(listed.text) as {
      check_runs: { id: number; external_id?: string }[];
    };
    const known = found.find(({ external_id }) => external_id === check.external_id);
    const put = await call({
      ...(known
        ? { method: 'PATCH', url: `${at}/check-runs/${known.id}`, repeatable: true }
        : { method: 'POST', url: `${at}/check-runs`, repeatable: false }),
      body: JSON.stringify(check),
    });
    if (put.refused) return withoutWriting(context, put.refused);
    return { kind: 'sent', said: `${known ? 'updated' : 'added'} on ${commit.slice(0, 10)}` };
  },
};

function caller(context: Context, { headers }: Github) {
  const send = context.senderTo('GitHub');
  return async (request: Request): Promise<{ text: string; refused: string | null }> => {
    const answer = await send({
      ...request,
      headers: { ...headers, 'content-type': 'application/json' },
    });
    const { untrusted } = context;
    if (answer.status === 403 && untrusted) return { text: '', refused: untrusted };
    needOk(
      'GitHub',
      answer,
      answer.status === 403 ? 'give the job "permissions: checks: write"' : '',
    );
    return { text: answer.text, refused: null };
  };
}

function checkOf(context: Context, commit: string) {
  const { message } = context;
  const place = placeOf(context);
  const said = placeSaid(place);
  const [report] = message.links;
  return {
    name: said === '' ? 'dialproof' : `dialproof: ${said}`,
    head_sha: commit,
    // GitHub shows no external id, so that the mark can be short.
    external_id: createHash('sha256').update(markerOf(place)).digest('hex').slice(0, 32),
    status: 'completed',
    conclusion: CONCLUSIONS[message.verdict],
    ...(report ? { details_url: report.url } : {}),
    output: {
      title: [message.verdict, ...message.reasons].slice(0, 2).join(': ').slice(0, 250),
      summary: messageMarkdown(message),
    },
  };
}
