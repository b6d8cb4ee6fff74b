/**
 * Stand-ins for the services that reports are published to. They keep what they are sent, check the documented limits
 * of each service, and refuse as it does. The limits are written here a second time, so that a wrong one in the
 * product is seen.
 */

import { createServer, type IncomingMessage } from 'node:http';
import { closeServer, listen } from '../support/listen.ts';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** The next calls get these replies, one each, and are not carried out. `null` cuts the connection. */
  next(...replies: (Reply | null)[]): void;
  /** The next call is carried out, and its answer lost. */
  loseAnswer(): void;
  close(): Promise<void>;
}

/** @param answer carries out a call. */
export async function receiver(answer: (call: Received) => Reply): Promise<Receiver> {
  const received: Received[] = [];
  const planned: (Reply | null)[] = [];
  let lose = false;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const call = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
    received.push(call);
    const plan = planned.length > 0 ? planned.shift() : answer(call);
    if (!plan || (lose && method === 'POST')) {
      lose = false;
      request.socket.destroy();
      return;
    }
    const { status, headers: more = {}, body = '' } = plan;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, more).end(text);
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    next: (...replies) => {
      planned.push(...replies);
    },
    loseAnswer: () => {
      lose = true;
    },
    close: () => closeServer(server),
  };
}

interface Block {
  type: string;
  text?: { type: string; text: string };
  elements?: { type: string; text: string }[];
}

/** Slack's incoming webhooks: docs.slack.dev, reference of blocks; the limit of a whole message was seen by others. */
export function slackAnswer({ method, path, headers, body }: Received): Reply {
  if (method !== 'POST' || path !== SLACK_PATH) return { status: 403, body: 'invalid_token' };
  if (headers['content-type'] !== 'application/json')
    return { status: 400, body: 'invalid_payload' };
  const { text, blocks = [] } = JSON.parse(body) as { text?: string; blocks?: Block[] };
  if (!text) return { status: 400, body: 'no_text' };
  const good = blocks.every((block) => {
    const length = block.text?.text.length ?? 0;
    if (block.type === 'header')
      return block.text?.type === 'plain_text' && length > 0 && length <= 150;
    if (block.type === 'section') return length > 0 && length <= 3_000;
    if (block.type === 'context') {
      return (block.elements ?? []).length > 0 && (block.elements ?? []).length <= 10;
    }
    return block.type === 'divider';
  });
  if (!good || blocks.length > 50) return { status: 400, body: 'invalid_blocks' };
  const characters = blocks
    .flatMap(({ text: own, elements = [] }) => [own, ...elements])
    .reduce((sum, one) => sum + (one?.text.length ?? 0), 0);
  if (characters > 13_200) return { status: 400, body: 'msg_blocks_too_long' };
  return { status: 200, body: 'ok' };
}

/** Like a real one, the path is the secret. */
export const SLACK_PATH = '/services/T0AAAAAAA/B0BBBBBBB/slackSlackSecret0123456789';

/** A Teams Workflow: about 28 KB, four requests a second, a card of a version that Teams shows. */
export function teamsAnswer({ method, path, body }: Received): Reply {
  if (method !== 'POST' || path !== TEAMS_PATH)
    return { status: 401, body: 'DirectApiAuthorizationRequired' };
  if (Buffer.byteLength(body) > 28 * 1_024)
    return { status: 413, body: 'Request Entity too large' };
  const { type, attachments } = JSON.parse(body) as {
    type: string;
    attachments: {
      contentType: string;
      content: { type: string; version: string; body: unknown[] };
    }[];
  };
  const [card] = attachments;
  const good =
    type === 'message' &&
    card?.contentType === 'application/vnd.microsoft.card.adaptive' &&
    card.content.type === 'AdaptiveCard' &&
    ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5'].includes(card.content.version) &&
    card.content.body.length > 0;
  return good ? { status: 202 } : { status: 400, body: 'TriggerInputSchemaMismatch' };
}

export const TEAMS_PATH =
  '/workflows/abc/triggers/manual/paths/invoke?sp=%2Ftriggers&sig=teamsTeamsSecret01';

interface Comment {
  readonly id: number;
  body: string;
}

interface CheckRun {
  readonly id: number;
  name: string;
  head_sha: string;
  external_id: string;
  conclusion: string;
}

export const GITHUB_TOKEN = 'ghs_githubGithubSecret0123456789';
export const GITHUB_SHA = '1234567890123456789012345678901234567890';

/** GitHub's REST API, the calls on comments and check runs. */
export function githubService(token: 'writes' | 'reads' = 'writes') {
  const comments: Comment[] = [];
  const checks: CheckRun[] = [];
  const unprocessable = (message: string): Reply => ({
    status: 422,
    body: { message: 'Validation Failed', errors: [{ message }] },
  });
  const answer = ({ method, path, headers, body }: Received): Reply => {
    if (headers.authorization !== `Bearer ${GITHUB_TOKEN}`) {
      return { status: 401, body: { message: 'Bad credentials' } };
    }
    if (!headers['user-agent'])
      return { status: 403, body: { message: 'Request forbidden by administrative rules.' } };
    if (method !== 'GET' && token === 'reads') {
      return { status: 403, body: { message: 'Resource not accessible by integration' } };
    }
    const url = new URL(path, 'http://github.invalid');
    const sent = body === '' ? {} : (JSON.parse(body) as Record<string, unknown>);
    const route = `${method} ${url.pathname}`;
    const [, changed] = /^PATCH \/repos\/team\/dialer\/issues\/comments\/(\d+)$/.exec(route) ?? [];
    if (route === 'POST /repos/team/dialer/issues/12/comments' || changed) {
      const text = String(sent.body ?? '');
      if (text === '') return unprocessable('Body cannot be blank');
      if (text.length > 65_536)
        return unprocessable('Body is too long (maximum is 65536 characters)');
      if (changed) {
        const known = comments.find(({ id }) => id === Number(changed));
        if (!known) return { status: 404, body: { message: 'Not Found' } };
        known.body = text;
        return { status: 200, body: known };
      }
      comments.push({ id: comments.length + 1, body: text });
      return { status: 201, body: comments.at(-1) };
    }
    if (route === 'GET /repos/team/dialer/issues/12/comments') {
      const size = Math.min(100, Number(url.searchParams.get('per_page') ?? 30));
      const page = Number(url.searchParams.get('page') ?? 1);
      return { status: 200, body: comments.slice((page - 1) * size, page * size) };
    }
    if (route === `GET /repos/team/dialer/commits/${GITHUB_SHA}/check-runs`) {
      const name = url.searchParams.get('check_name');
      return { status: 200, body: { check_runs: checks.filter((one) => one.name === name) } };
    }
    const [, check] = /^PATCH \/repos\/team\/dialer\/check-runs\/(\d+)$/.exec(route) ?? [];
    if (route === 'POST /repos/team/dialer/check-runs' || check) {
      const { output } = sent as { output?: { title?: string; summary?: string } };
      if (
        sent.status !== 'completed' ||
        !['success', 'failure', 'neutral'].includes(String(sent.conclusion))
      ) {
        return unprocessable('conclusion is not included in the list');
      }
      if (!output?.title || !output.summary) return unprocessable('output is missing');
      if (output.summary.length > 65_535) return unprocessable('Only 65535 characters are allowed');
      const made = sent as unknown as CheckRun;
      if (check) {
        Object.assign(checks.find(({ id }) => id === Number(check)) ?? {}, made);
        return { status: 200, body: {} };
      }
      checks.push({ ...made, id: checks.length + 1 });
      return { status: 201, body: {} };
    }
    return { status: 404, body: { message: 'Not Found' } };
  };
  return { comments, checks, answer };
}

export const GITLAB_TOKEN = 'glpat-gitlabGitlabSecret01';

/** GitLab's REST API, the calls on the notes of a merge request. */
export function gitlabService() {
  const notes: Comment[] = [];
  const answer = ({ method, path, headers, body }: Received): Reply => {
    if (headers['private-token'] !== GITLAB_TOKEN)
      return { status: 401, body: { message: '401 Unauthorized' } };
    const { pathname } = new URL(path, 'http://gitlab.invalid');
    const [, id] = /^\/api\/v4\/projects\/7\/merge_requests\/3\/notes(?:\/(\d+))?$/.exec(
      pathname,
    ) ?? [null];
    if (id === null) return { status: 404, body: { message: '404 Not Found' } };
    if (method === 'GET') return { status: 200, body: notes };
    const text = (JSON.parse(body) as Comment).body;
    if (text.length > 1_000_000)
      return {
        status: 400,
        body: { message: { note: ['is too long (maximum is 1000000 characters)'] } },
      };
    if (method === 'PUT') {
      const known = notes.find((one) => one.id === Number(id));
      if (!known) return { status: 404, body: { message: '404 Not Found' } };
      known.body = text;
      return { status: 200, body: known };
    }
    notes.push({ id: notes.length + 1, body: text });
    return { status: 201, body: notes.at(-1) };
  };
  return { notes, answer };
}
