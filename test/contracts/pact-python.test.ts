/** A verifier that is not dialproof's, pact-python, verifies the emulator with the state URL that the emulator serves. */

import { spawn, spawnSync } from 'node:child_process';
import { contractNamed } from '../../contracts/contract-list.ts';
import { PACT_ENVIRONMENT } from '../../contracts/pact/pact.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { committedPact } from './committed-pact.ts';

const PROGRAM = `
import sys
from pact import Verifier
url, states, pact = sys.argv[1:]
verifier = Verifier("dialproof-emulator", host="127.0.0.1").add_transport(url=url).add_source(pact)
verifier.state_handler(states, body=True).verify()
`;

const env = { ...process.env, ...PACT_ENVIRONMENT };
const isInstalled = spawnSync('python3', ['-c', 'from pact import Verifier'], { env }).status === 0;

(isInstalled ? test : test.skip).each([
  'BatchPutContact',
  'ConnectCampaigns',
  'ConnectCampaignsV2',
] as const)('pact-python verifies the emulator with the pact of %s', async (name) => {
  const emulator = await startEmulator({ profile: 'stress' });
  const states = new URL('/provider-states', emulator.controlUrl).href;
  const pact = committedPact(contractNamed(name));
  const child = spawn('python3', ['-c', PROGRAM, emulator.url, states, pact], { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      said = (said + data.toString()).slice(-4_000);
    });
  }
  const code = await new Promise((resolve) => child.once('close', resolve));
  await emulator.close();
  if (code !== 0) throw new Error(said);
});
