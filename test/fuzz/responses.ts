/** Bytes of a connection -> the HTTP responses in them, strictly. */

export interface Response {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** @returns the whole responses, and what is left that is none. */
export function responsesIn(bytes: Buffer): { responses: Response[]; rest: Buffer } {
  const responses: Response[] = [];
  let rest = bytes;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) return { responses, rest };
    const head = rest.subarray(0, end).toString('latin1');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? Number.NaN);
    if (Number.isNaN(status)) return { responses, rest };
    const length = status === 100 ? 0 : Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
    if (Number.isNaN(length)) return { responses, rest };
    const from = end + 4;
    if (rest.length < from + length) {
      // A response to HEAD has a length and no body: then the next one begins here.
      const next = rest.subarray(from, from + 5).toString('latin1');
      if (rest.length > from && next !== 'HTTP/') return { responses, rest };
      responses.push({ status, head, body: '' });
      rest = rest.subarray(from);
      continue;
    }
    const bodyless = rest.subarray(from, from + 5).toString('latin1') === 'HTTP/';
    const body = bodyless ? '' : rest.subarray(from, from + length).toString('utf8');
    responses.push({ status, head, body });
    rest = rest.subarray(bodyless ? from : from + length);
  }
}
