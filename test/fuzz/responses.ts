/** Bytes of a connection -> the HTTP responses in them, strictly. */

import type { Request } from './requests.ts';

export interface Response {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/**
 * @param requests those that are answered first, in order; what answers others is taken for an answer to HEAD where
 *   the next response begins in place of its body.
 * @returns the whole responses, and what is left that is none.
 */
export function responsesIn(
  bytes: Buffer,
  requests: readonly Pick<Request, 'method'>[],
): { responses: Response[]; rest: Buffer } {
  const responses: Response[] = [];
  let answered = 0;
  let rest = bytes;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) return { responses, rest };
    const head = rest.subarray(0, end).toString('latin1');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? Number.NaN);
    if (Number.isNaN(status)) return { responses, rest };
    const interim = status === 100;
    const length = interim ? 0 : Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
    if (Number.isNaN(length)) return { responses, rest };
    const from = end + 4;
    const method = interim ? 'GET' : requests[answered]?.method;
    const bodyless = method === undefined ? beginsAt(rest, from) : method === 'HEAD';
    if (!interim) answered += 1;
    const to = bodyless ? from : from + length;
    if (rest.length < to) return { responses, rest };
    responses.push({ status, head, body: rest.subarray(from, to).toString('utf8') });
    rest = rest.subarray(to);
  }
}

function beginsAt(bytes: Buffer, at: number): boolean {
  return at === bytes.length || bytes.subarray(at, at + 5).toString('latin1') === 'HTTP/';
}
