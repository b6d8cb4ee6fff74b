/** The feeder journal: what is recorded of a call, on the control door and in a file, and how it is read. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ConnectCampaignsClient,
  PutDialRequestBatchCommand,
} from '@aws-sdk/client-connectcampaigns';
import {
  ConnectCampaignsV2Client,
  PutOutboundRequestBatchCommand,
} from '@aws-sdk/client-connectcampaignsv2';
import { Command } from 'commander';
import { feederCommand } from '../../cli/commands/feeder.ts';
import { type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts';
import { readFeederJournal } from '../../feeders/read-journal.ts';
import { UserError } from '../../system/errors.ts';
import { dialproof } from '../cli/command.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();

/** Two calls of one dial request for each version; the second one repeats the first. */
async function recorded<T>(
  options: EmulatorOptions,
  look: (controlUrl: string, ids: readonly string[]) => Promise<T>,
): Promise<T> {
  const emulator = await startEmulator({ profile: 'stress', ...options });
  const { url, controlUrl, credentials } = emulator;
  const config = { endpoint: url, region: 'us-east-1', credentials: { ...credentials.principal } };
  const one = new ConnectCampaignsClient(config);
  const two = new ConnectCampaignsV2Client(config);
  try {
    const [first, second] = await Promise.all(
      ([1, 2] as const).map((version) => emulator.runCampaign({ version, name: `v${version}` })),
    );
    const ids = [first?.id ?? '', second?.id ?? ''];
    const clientToken = 'order of +12065550123';
    const common = { clientToken: clientToken.replaceAll(/[ +]/g, '-') };
    const attributes = { name: 'Ada Example' };
    for (const account of ['7', '8']) {
      const expirationTime = new Date(Date.now() + 300_000);
      await one.send(
        new PutDialRequestBatchCommand({
          id: ids[0],
          dialRequests: [
            {
              ...common,
              expirationTime,
              phoneNumber: '+12025550112',
              attributes: { ...attributes, account },
            },
          ],
        }),
      );
      await two.send(
        new PutOutboundRequestBatchCommand({
          id: ids[1],
          outboundRequests: [
            {
              ...common,
              expirationTime,
              channelSubtypeParameters: {
                telephony: { destinationPhoneNumber: '+12025550112', attributes },
              },
            },
          ],
        }),
      );
    }
    return await look(controlUrl, ids);
  } finally {
    one.destroy();
    two.destroy();
    await emulator.close();
  }
}

it('has every call with its items, and no number, attribute or whole token', async () => {
  const file = join(dir, 'feeder.ndjson');
  const text = await recorded({ feederJournal: file }, async (controlUrl) =>
    (await fetch(`${controlUrl}/feeder-journal`)).text(),
  );
  const { calls } = readFeederJournal(text, 'the door');
  expect(readFeederJournal(readFileSync(file, 'utf8'), file).calls).toEqual(calls);
  expect(text).not.toMatch(/2065550123|2025550112|Ada/);

  expect(calls.map(({ operation }) => operation)).toEqual([
    'PutDialRequestBatch',
    'PutOutboundRequestBatch',
    'PutDialRequestBatch',
    'PutOutboundRequestBatch',
  ]);
  const items = calls.flatMap((call) => call.items);
  expect(items).toHaveLength(4);
  const [v1, v2, again, same] = items;
  expect(v1).toMatchObject({ isE164: true, repeated: false, tokenLength: 21, code: null });
  expect(v1?.expiresIn).toBeGreaterThan(200);
  expect(v1?.attributes).toHaveLength(2);
  // The same person in both versions: by token, number and name.
  expect(v2).toMatchObject({ token: v1?.token, number: v1?.number });
  expect(v1?.attributes).toContain(v2?.attributes[0]);
  expect(again).toMatchObject({ repeated: true, otherContent: true });
  expect(same).toMatchObject({ repeated: true, otherContent: false, content: v2?.content });
});

it('nothing is recorded unless it is asked for', () =>
  recorded({}, async (controlUrl) => {
    const response = await fetch(`${controlUrl}/feeder-journal`);
    expect({ status: response.status, body: await response.json() }).toEqual({
      status: 400,
      body: { message: 'nothing is recorded: start the emulator with --feeder-journal' },
    });
  }));

it('the command judges a file and a control door', async () => {
  const file = join(dir, 'told.ndjson');
  const live = await recorded({ feederJournal: file }, (controlUrl) =>
    dialproof('feeder', 'check', '--control', controlUrl, '--json'),
  );
  expect(live.stderr).toBe('');
  expect(JSON.parse(live.stdout)).toMatchObject({
    verdict: 'fail',
    calls: 4,
    findings: [{ kind: 'token reused with other content', sure: 'certain', advice: false }],
  });
  expect(live.code).toBe(1);

  const { code, stdout } = await dialproof('feeder', 'check', '--journal', file, '--finished');
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^\nfault {3}certain: 1 dial request has the clientToken of an earlier one/,
  );
  expect(stdout).toContain('not exercised: no dial request was throttled; ');
  expect(stdout).toMatch(/FAIL: 4 calls with 4 dial requests judged\n$/);
});

it('the command watches a feeder with an emulator of its own', async () => {
  const { code, stdout } = await dialproof('feeder', 'check', '--for', '1');
  expect(stdout).toMatch(/^export AWS_ENDPOINT_URL_CONNECTCAMPAIGNS=http:\/\/127\.0\.0\.1:\d+$/m);
  expect(stdout).toMatch(/^export DIALPROOF_CAMPAIGN_V2=[0-9a-f-]{36}$/m);
  expect(stdout).toMatch(/NOT EXERCISED: 0 calls with 0 dial requests judged\n$/);
  expect(code).toBe(1);
});

it('the command listens for Ctrl-C before it says that it waits for it', async () => {
  const heard: boolean[] = [];
  const before = process.exitCode;
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    if (String(text).includes('until Ctrl-C')) {
      const mine = process.listeners('SIGINT').filter((one) => !earlier.includes(one));
      heard.push(mine.length > 0);
      // Where nobody listened, it is told later, so that the test ends.
      if (mine.length > 0) process.emit('SIGINT');
      else setImmediate(() => process.emit('SIGINT'));
    }
    return true;
  });
  const warned = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const earlier = process.listeners('SIGINT');
  try {
    const command = new Command('feeder').exitOverride();
    feederCommand(command);
    await command.parseAsync(['check'], { from: 'user' });
    expect(heard).toEqual([true]);
  } finally {
    process.exitCode = before;
    spy.mockRestore();
    warned.mockRestore();
  }
});

it('the command refuses options that contradict each other', async () => {
  const { code, stderr } = await dialproof('feeder', 'check', '--journal', 'a', '--for', '3');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^dialproof: --for, --pending-limit and --faults are for an emulator/);
});

describe('reading a journal', () => {
  const HEAD = '{"type":"feeder-journal","version":1}\n';

  it.each([
    ['', 'f is empty: it is not a feeder journal'],
    ['{"type":"dial"}\n', 'f, line 1.type must be "feeder-journal", not "dial"'],
    [`${HEAD}{"type":"feeder-call"}\n`, 'f, line 2.number must be a number from 0 up, not missing'],
    [`${HEAD}nonsense\n`, /^f, line 2 is not JSON/],
  ])('refuses %j', (text, message) => {
    const read = () => readFeederJournal(text, 'f');
    expect(read).toThrow(UserError);
    expect(read).toThrow(message);
  });

  it('takes the last line that a crash cut for nothing, and a second head for a reset', () => {
    const empty = { calls: [], endedAt: 0 };
    expect(readFeederJournal(`${HEAD}{"type":"feed`, 'f')).toEqual(empty);
    expect(readFeederJournal(`${HEAD}{"type":"end","at":7}\n${HEAD}`, 'f')).toEqual(empty);
    expect(readFeederJournal(`${HEAD}{"type":"end","at":7}\n`, 'f').endedAt).toBe(7);
  });

  it('takes a journal that an editor of Windows saved', () => {
    const saved = `\uFEFF${HEAD}\n{"type":"end","at":7}\n\n`.replaceAll('\n', '\r\n');
    expect(readFeederJournal(saved, 'f').endedAt).toBe(7);
  });
});
