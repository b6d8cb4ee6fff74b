/** A comment that later builds update, so that there is one for each workflow, job and matrix. */

import { UserError } from '../../system/errors.ts';
import { type Answer, needOk, type Request, type Send } from './http.ts';

/** How a service lists, changes and adds comments. */
export interface Thread {
  /** The service, as the subject of a sentence. */
  readonly what: string;
  readonly send: Send;
  readonly headers: Readonly<Record<string, string>>;
  /** URL of the comments: GET lists them, POST adds one. */
  readonly url: string;
  /** The request that changes a comment, without its body. */
  readonly change: (id: number) => Pick<Request, 'method' | 'url'>;
  /** What to do about a refusal. */
  readonly advice: (status: number) => string;
}

const PAGE = 100;

/** @returns what was done. */
export async function putComment(
  thread: Thread,
  marker: string,
  body: string,
): Promise<'updated' | 'added'> {
  const known = await findComment(thread, marker);
  if (known !== null) {
    await call(thread, {
      ...thread.change(known),
      body: JSON.stringify({ body }),
      repeatable: true,
    });
    return 'updated';
  }
  try {
    await call(thread, {
      method: 'POST',
      url: thread.url,
      body: JSON.stringify({ body }),
      repeatable: false,
    });
  } catch (error) {
    // The answer may have been lost on its way, and the comment be there all the same.
    if (isRefusal(error) || (await findComment(thread, marker)) === null) throw error;
  }
  return 'added';
}

/** A refusal of the service itself, below 500: nothing was done. */
class Refused extends UserError {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Refused && error.status < 500;
}

/** Whether a service refused because the token may only read. */
export function isReadOnly(error: unknown): boolean {
  return error instanceof Refused && error.status === 403;
}

/** The id of the first comment that begins with the marker. */
async function findComment(thread: Thread, marker: string): Promise<number | null> {
  for (let page = 1; ; page += 1) {
    const answer = await call(thread, {
      method: 'GET',
      url: `${thread.url}?per_page=${PAGE}&page=${page}`,
      repeatable: true,
    });
    const comments = JSON.parse(answer.text) as { id: number; body?: string | null }[];
    const mine = comments.find(({ body }) => body?.startsWith(marker));
    if (mine) return mine.id;
    if (comments.length < PAGE) return null;
  }
}

async function call({ what, send, headers, advice }: Thread, request: Request): Promise<Answer> {
  const answer = await send({
    ...request,
    headers: {
      ...headers,
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
  });
  try {
    needOk(what, answer, advice(answer.status));
  } catch (error) {
    throw new Refused((error as Error).message, answer.status);
  }
  return answer;
}
