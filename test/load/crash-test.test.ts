/** Real processes, really killed. 20 rounds in CI, fewer where somebody waits. */

import { createServer } from 'node:http';
import { spawnEmulator } from '../../cli/stages/emulator-process.ts';
import { runCrashTest } from '../../load/crash/crash-test.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { listen } from '../support/listen.ts';
import { tempDir } from '../support/temp-dir.ts';

const ROUNDS = process.env.CI ? 20 : 4;

// Far more than it takes: a time limit is no measure of a busy machine.
jest.setTimeout(600_000);

async function crashTest(rounds: number, ...bugs: string[]) {
  const args = ['--port', '0', '--profile', 'stress', '--data-dir', tempDir(), ...bugs];
  const start = async () => {
    const { credentials, ...emulator } = await spawnEmulator(args);
    return { ...emulator, key: credentials.principal, instanceId: ORDINARY_INSTANCE.id };
  };
  return runCrashTest({ start, rounds, seed: 1 });
}

it('loses nothing that was acknowledged, doubles nothing, answers every token as before', async () => {
  const report = await crashTest(ROUNDS);
  expect(report.violations).toEqual([]);
  expect(report).toMatchObject({ kills: ROUNDS });
  expect(report.acknowledged).toBeGreaterThan(ROUNDS * 10);
  // Every second kill came right after a call was sent.
  expect(report.unknown).toBeGreaterThanOrEqual(ROUNDS / 2);
  expect(report.replays).toBeGreaterThan(0);
});

it('catches an emulator that acknowledges before it stores, by the first kill', async () => {
  const { violations, counts } = await crashTest(1, '--bug', 'loses-at-crash');
  expect(violations).toEqual(
    expect.arrayContaining([
      { kind: 'lost', batch: expect.any(Number), contactId: expect.any(String) },
      expect.objectContaining({ kind: 'another answer', status: 200 }),
      expect.objectContaining({ kind: 'unnamed' }),
    ]),
  );
  expect(counts).toEqual({
    lost: expect.any(Number),
    'another answer': expect.any(Number),
    unnamed: expect.any(Number),
  });
});

it.each([
  ['under load', 5],
  // The load of this round has 274 calls, which are then asked again.
  ['after its restart', 400],
])('catches an emulator that drops a call %s without being killed', async (_, dropped) => {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    if (calls === dropped) request.socket.destroy();
    else response.end(request.method === 'PUT' ? '{}' : '');
  });
  const port = await listen(server);
  const url = `http://127.0.0.1:${port}`;
  const key = { accessKeyId: 'A', secretAccessKey: 's' };
  const target = { url, controlUrl: url, region: 'us-east-1', instanceId: 'i', key };
  const start = async () => ({ ...target, kill: async () => server.closeAllConnections() });
  const { violations } = await runCrashTest({ start, rounds: 1, seed: 1 });
  server.close();
  expect(violations).toEqual([
    { kind: 'unanswered', batch: expect.any(Number), message: expect.any(String) },
  ]);
});
