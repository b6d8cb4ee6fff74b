/** `contracts mock` with a command: what its exit code says, when the pact is written, and Ctrl-C. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { addContractMock } from '../../cli/commands/contract-mock.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();

/** Runs a program in Node under the mock. @returns the exit code, and what is on stderr. */
async function mocked(consumer: string, program: string) {
  const before = process.exitCode;
  let stderr = '';
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
  try {
    const command = new Command('contracts').exitOverride();
    addContractMock(command);
    const options = ['--consumer', consumer, '--out', dir];
    await command.parseAsync(['mock', ...options, '--', process.execPath, '-e', program], {
      from: 'user',
    });
    return { code: process.exitCode, stderr };
  } finally {
    process.exitCode = before;
    spy.mockRestore();
  }
}

const fileOf = (consumer: string) => join(dir, `${consumer}-dialproof-emulator.json`);
const ran = join(dir, 'ran');

function restore(signal: NodeJS.Signals, listeners: NodeJS.SignalsListener[]): void {
  process.removeAllListeners(signal);
  for (const one of listeners) process.on(signal, one);
}

const put = (path: string) => `
  const url = process.env.AWS_ENDPOINT_URL_CONNECT + ${JSON.stringify(path)};
  const headers = { authorization: 'any', 'content-type': 'application/json' };
  const body = JSON.stringify({ ContactDataRequestList: [{ RequestIdentifier: 'a' }] });
  fetch(url, { method: 'PUT', headers, body }).then(() => { process.exitCode = CODE; });`;

test.each([
  ['good', put('/contact/batch/i').replace('CODE', '0'), 0, '1 interaction of good', true],
  ['failing', put('/contact/batch/i').replace('CODE', '7'), 7, 'the command ended with 7', false],
  ['lost', put('/contact/batches').replace('CODE', '0'), 1, '1 call did not match', false],
  ['idle', '', 1, 'no call came that can be in one', false],
])('a command that is %s', async (consumer, program, code, said, written) => {
  const result = await mocked(consumer, program);
  expect(result).toEqual({ code, stderr: expect.stringContaining(said) });
  expect(existsSync(fileOf(consumer))).toBe(written);
});

test('a name that is a path is refused before the command is run', async () => {
  const program = `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '')`;
  await expect(mocked('../a', program)).rejects.toThrow('"../a" names a file: leave out / and \\');
  expect(existsSync(ran)).toBe(false);
});

test('Ctrl-C before the mock is there keeps the command from being run', async () => {
  const before = process.listeners('SIGINT');
  const others = process.listeners('SIGTERM');
  const told = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    const result = mocked('early', `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '')`);
    while (process.listenerCount('SIGINT') === before.length) await new Promise(setImmediate);
    process.emit('SIGINT');
    await expect(result).rejects.toMatchObject({ name: 'AbortError' });
  } finally {
    told.mockRestore();
    restore('SIGINT', before);
    restore('SIGTERM', others);
  }
  expect(existsSync(ran)).toBe(false);
});
