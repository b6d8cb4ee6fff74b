/** What the commands refuse before they do anything. */

import { createServer } from 'node:http';
import { Command } from 'commander';
import { contractsCommand } from '../../cli/commands/contracts.ts';
import { loadCommand } from '../../cli/commands/load.ts';
import { runCommand } from '../../cli/commands/run.ts';
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

it.each(['localhost:4010', 'ftp://127.0.0.1/', 'http://', '4010'])(
  'the address "%s" is none of HTTP, and nothing is said of a machine',
  async (text) => {
    const sentence = `"${text}" is not a URL of HTTP: write it as http://127.0.0.1:PORT`;
    expect(await said(contractsCommand, 'verify', '--target', text)).toBe(sentence);
    expect(await said(loadCommand, 'run', 'smoke', '--target', text)).toBe(sentence);
  },
);

it('a folder is no script, and a script may have any ending of JavaScript', async () => {
  expect(await said(loadCommand, 'run', './docs')).toBe('./docs is a folder: name a script in it');
  for (const script of ['nothing.js', 'nothing.cjs', 'nothing.mts']) {
    expect(await said(loadCommand, 'run', script)).toBe(
      `cannot read the script ${script} (ENOENT)`,
    );
  }
});

it('the mock refuses a port that is in use', async () => {
  const server = createServer();
  const port = await listen(server);
  try {
    expect(await said(contractsCommand, 'mock', '--port', String(port))).toBe(
      `the mock cannot listen on port ${port} (EADDRINUSE): stop what listens there or choose another port`,
    );
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

it.each([
  [['--out', 'pacts'], '--out is about the pact of a consumer: add --consumer'],
  [['--json', '--', 'true'], '--json is for a mock that another program waits for'],
  [['--port', '0', '--', './no-such-command'], './no-such-command cannot be run (ENOENT)'],
  [['--pact', 'nowhere.json'], 'The pact nowhere.json cannot be read'],
])('contracts mock %j is refused in one sentence', async (args, sentence) => {
  expect(await said(contractsCommand, 'mock', ...args)).toContain(sentence);
});
