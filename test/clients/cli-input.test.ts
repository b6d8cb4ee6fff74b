/** The AWS CLI takes the files that `dialproof generate` writes for it, and sends what they say. */

import { createServer } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { type DialOperation, writeDialList } from '../../generators/dial-list.ts';
import { everyDialCode } from '../../generators/mix.ts';
import { momentOf } from '../../operation/aws/shape/timestamp.ts';
import { closeServer, listen } from '../support/listen.ts';
import { tempDir } from '../support/temp-dir.ts';
import { can, describeIf, runProgram } from './program.ts';

const OPERATIONS: readonly [DialOperation, string, string, string][] = [
  [
    'PutDialRequestBatch',
    'connectcampaigns',
    'put-dial-request-batch',
    '/campaigns/c-1/dial-requests',
  ],
  [
    'PutOutboundRequestBatch',
    'connectcampaignsv2',
    'put-outbound-request-batch',
    '/v2/campaigns/c-1/outbound-requests',
  ],
];

const HAS_CLI = OPERATIONS.every(([, service, command]) =>
  can('aws', [service, command, '--generate-cli-skeleton']),
);

interface Taken {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly body: unknown;
}

describeIf(HAS_CLI, 'AWS CLI', 'no aws command that has outbound campaigns', () => {
  const dir = tempDir();
  const taken: Taken[] = [];
  const server = createServer(async (request, response) => {
    const { method, url } = request;
    taken.push({ method, url, body: await json(request) });
    response.setHeader('content-type', 'application/json');
    response.end('{"successfulRequests":[],"failedRequests":[]}');
  });
  let port: number;
  beforeAll(async () => {
    port = await listen(server);
  });
  afterAll(() => closeServer(server));

  it.each(OPERATIONS)(
    'sends a batch of %s as it is in its file',
    async (operation, service, command, url) => {
      const out = join(dir, operation);
      const { requests } = await writeDialList(out, {
        operation,
        seed: 6,
        batches: 1,
        now: new Date('2026-03-01T12:00:00.125Z'),
        locales: ['fr_FR'],
        mix: everyDialCode(0.6),
      });
      expect(requests).toBe(25);
      const file = join(out, 'cli-input', '0000000000.json');
      taken.length = 0;
      const ended = await runProgram(
        'aws',
        [
          ...[service, command, '--id', 'c-1', '--cli-input-json', `file://${file}`],
          ...['--endpoint-url', `http://127.0.0.1:${port}`, '--region', 'us-east-1'],
        ],
        {
          AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
          AWS_SECRET_ACCESS_KEY: 'secret',
          AWS_MAX_ATTEMPTS: '1',
        },
      );
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      const body: unknown = require(file);
      expect(taken).toEqual([{ method: 'PUT', url, body: expect.anything() }]);
      expect(withMoments(taken[0]?.body)).toEqual(withMoments(body));
    },
  );
});

/** The AWS CLI may write a time in another form. */
function withMoments(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (key, value) =>
    key === 'expirationTime' ? momentOf(value, 'date-time') : value,
  );
}
