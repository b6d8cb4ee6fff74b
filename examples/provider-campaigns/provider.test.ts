import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { MISTAKES } from './mistakes.ts';
import { createProvider } from './provider.ts';

const CONTRACTS = ['ConnectCampaigns', 'ConnectCampaignsV2'];

/** Verifies a provider, with the command that `npm test` finds. */
async function verify(contract: string, mistake?: string): Promise<{ code: number; said: string }> {
  const server = createProvider(mistake === undefined ? undefined : MISTAKES[mistake]?.make);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const states = ['--states', `${url}/_states`, '--accept-file', 'accepted.json'];
  const args = ['contracts', 'verify', '--contract', contract, '--target', url, ...states];
  try {
    return await new Promise((resolve, reject) => {
      execFile('dialproof', args, (error, stdout, stderr) => {
        const code = error ? error.code : 0;
        if (typeof code === 'number') resolve({ code, said: stdout + stderr });
        else reject(error);
      });
    });
  } finally {
    server.close();
  }
}

describe('contracts verify', { concurrency: true }, () => {
  for (const contract of CONTRACTS) {
    test(`the provider is right: ${contract}`, async () => {
      const { code, said } = await verify(contract);
      assert.equal(code, 0, said);
    });
  }

  test('a mistake is told', async () => {
    const mistake = 'states in upper case';
    const { code, said } = await verify('ConnectCampaigns', mistake);
    assert.equal(code, 1, said);
    assert.match(said, MISTAKES[mistake]?.said as RegExp);
  });
});
