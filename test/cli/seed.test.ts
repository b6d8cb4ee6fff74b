/** dialproof emulator --seed FILE: the JSON of docs/in-process.md, from a file. */

import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConnectClient } from '@aws-sdk/client-connect';
import { seedIn } from '../../cli/options/seed-option.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { sent } from '../door/calls.ts';
import { tempDir } from '../support/temp-dir.ts';
import { dialproof, start } from './command.ts';

const dir = tempDir();

function seedFile(name: string, text: string): string {
  const file = join(dir, name);
  writeFileSync(file, text);
  return file;
}

test('the JSON itself is a seed too', () => {
  const read = seedIn(' {"instances": [{"id": "i", "campaigns": ["spring"]}]}', ordinaryFacts());
  expect(read.addedTo(ordinaryFacts()).instances.at(-1)).toMatchObject({ campaigns: ['spring'] });
  expect(() => seedIn('{"instances": [', ordinaryFacts())).toThrow(
    /^--seed with JSON is not JSON \(/,
  );
  expect(() => seedIn('{"instance": []}', ordinaryFacts())).toThrow(
    /^--seed with JSON: .*instance/,
  );
});

test('the endpoint knows the instance and the key of the file', async () => {
  const key = { accessKeyId: 'AKIDSEEDEDKEYEXAMPLE', secretAccessKey: 'made-up' };
  const id = 'c0ffee00-0000-4000-8000-000000000001';
  const seed = {
    instances: [{ id, numbers: ['+12065550100'], campaigns: ['spring'] }],
    keys: [key],
  };
  const file = seedFile('seed.json', JSON.stringify(seed));
  const emulator = start('emulator', '--port', '0', '--json', '--seed', file);
  try {
    let out = '';
    for await (const text of emulator.stdout ?? []) {
      out += text;
      if (out.trimEnd().endsWith('}')) break;
    }
    const started = JSON.parse(out) as { url: string; region: string };
    expect(started).toMatchObject({
      account: '123456789012',
      instance: { id: expect.any(String), queues: expect.any(Array), campaigns: null },
      credentials: { session: { sessionToken: expect.any(String) }, outsider: {} },
      certificate: null,
    });
    const { url: endpoint, region } = started;
    const client = new ConnectClient({ endpoint, region, credentials: key, maxAttempts: 1 });
    expect((await sent(client, id, 'a')).SuccessfulRequestList).toHaveLength(1);
    expect((await sent(client, id, 'b', 1, 'autumn')).FailedRequestList).toHaveLength(1);
    client.destroy();
  } finally {
    const gone = once(emulator, 'exit');
    emulator.kill('SIGTERM');
    await gone;
  }
});

test.each([
  ['{"instance": []}', "a seed has no member 'instance'; it has instances, keys"],
  ['{"instances": [{"id": "a", "number": []}]}', "instances[0] has no member 'number'; it has"],
  ['{', 'is not JSON'],
])('%s is refused in one sentence', async (text, sentence) => {
  const file = seedFile('wrong.json', text);
  const { code, stdout, stderr } = await dialproof('emulator', '--port', '0', '--seed', file);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^dialproof: --seed .*\n$/);
  expect(stderr).toContain(sentence);
});
