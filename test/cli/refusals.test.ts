/** What the commands refuse before they do anything. */

import { createServer } from 'node:http';
import { Command } from 'commander';
import { loadCommand } from '../../cli/commands/load.ts';
import { runCommand } from '../../cli/commands/run.ts';
import { checkPortFree, openMockServer } from '../../contracts/pact/mock-server.ts';
import { listen } from '../support/listen.ts';

/** What a command says of such arguments. */
async function said(define: (command: Command) => void, ...args: string[]): Promise<string> {
  let told = '';
  const command = new Command('dialproof').exitOverride().configureOutput({
    writeErr: (text) => {
      told += text;
    },
  });
  define(command);
  await command.parseAsync(args, { from: 'user' }).catch((error: Error) => {
    told += error.message;
  });
  return told;
}

it.each([
  [
    ['--rat', '3'],
    /"load run" does not accept --rat, which stands after "--"\. Did you mean "--rate"\?/,
  ],
  [['extra'], /"load run" does not accept extra, which stands after "--"\.$/],
  [['--rate', 'x'], /option '--rate <n>' argument 'x' is invalid/],
])('a plan refuses %j, which only the pods would', async (args, sentence) => {
  const plan = ['plan', 'smoke', '--parallelism', '2', '--image', 'x', '--', ...args];
  expect(await said(loadCommand, ...plan)).toMatch(sentence);
});

it('--battery and --scenarios do not go together', async () => {
  expect(await said(runCommand, '--battery', '--scenarios', 'smoke')).toBe(
    '--battery runs every scenario: leave out --scenarios, or --battery',
  );
});

it.each([
  [loadCommand, ['run', 'smok'], /Did you mean "smoke"\?/],
  [loadCommand, ['run', 'smoke', '--bug', 'forgets-token'], /Did you mean "forgets-tokens"\?/],
  [loadCommand, ['run', 'smoke', '--choice', 'emptyList=present'], /Did you mean "emptyLists"\?/],
  [loadCommand, ['run', 'smoke', '--faults', 'ambigous'], /Did you mean "ambiguous"\?/],
  [loadCommand, ['rn'], /Did you mean run\?/],
])('%p %j gets a suggestion', async (define, args, sentence) => {
  expect(await said(define, ...args)).toMatch(sentence);
});

it('the mock server refuses a port that is in use', async () => {
  const server = createServer();
  const port = await listen(server);
  const sentence = `Pact's mock server cannot listen on port ${port}: stop what listens there or choose another port`;
  await expect(checkPortFree(port)).rejects.toThrow(sentence);
  expect(() => openMockServer([], port)).toThrow(sentence);
  await new Promise((resolve) => server.close(resolve));
  await checkPortFree(port);
});
