/** Options of the emulator that come from environment variables. */

import { Command, Option } from 'commander';
import { fromEnvironment, misspeltVariables } from '../../cli/options/environment.ts';
import { wholeNumber } from '../../cli/options/read-option.ts';

function parsed(env: Record<string, string>, args: readonly string[] = [], child = false) {
  const before = { ...process.env };
  Object.assign(process.env, env);
  try {
    const command = fromEnvironment(new Command('emulator'), env, child)
      .exitOverride()
      .configureOutput({ writeErr: () => {} })
      .option('--control-port <n>', 'port', wholeNumber(0, 65_535), 0)
      .option('--tls', 'speak HTTPS')
      .option('--access-log [file]', 'log')
      .option('--seed <file>', 'seed')
      .addOption(
        new Option('--bug <name>', 'bug (repeatable)')
          .argParser((one: string, all: readonly string[]) => [...all, one])
          .default([]),
      );
    command.parse(args, { from: 'user' });
    return {
      command,
      options: command.opts(),
      source: (key: string) => command.getOptionValueSource(key),
    };
  } finally {
    process.env = before;
  }
}

test('a variable takes the place of the default, and the command line that of the variable', () => {
  const env = { DIALPROOF_CONTROL_PORT: '4011', DIALPROOF_ACCESS_LOG: '-' };
  const { options, source } = parsed(env);
  expect(options).toMatchObject({ controlPort: 4011, accessLog: '-' });
  expect(source('controlPort')).toBe('env');
  expect(parsed(env, ['--control-port', '0']).options).toMatchObject({ controlPort: 0 });
  expect(parsed({}).options).toMatchObject({ controlPort: 0 });
});

test.each([
  ['true', true],
  ['1', true],
  ['false', undefined],
  ['0', undefined],
  ['', undefined],
])('a switch that is "%s" is %s', (text, value) => {
  expect(parsed({ DIALPROOF_TLS: text }).options.tls).toBe(value);
});

test('a switch that is neither is refused in one sentence', () => {
  expect(() => parsed({ DIALPROOF_TLS: 'maybe' })).toThrow(
    'DIALPROOF_TLS is "maybe": write true or false',
  );
});

test('an empty variable is no value', () => {
  expect(parsed({ DIALPROOF_SEED: '', DIALPROOF_CONTROL_PORT: '' }).options).toMatchObject({
    controlPort: 0,
  });
});

test('spaces separate the values of a repeatable option, which the command line replaces', () => {
  expect(parsed({ DIALPROOF_BUG: ' a  b ' }).options.bug).toEqual(['a', 'b']);
  expect(parsed({ DIALPROOF_BUG: 'a b' }, ['--bug', 'c', '--bug', 'd']).options.bug).toEqual([
    'c',
    'd',
  ]);
});

test('a wrong value names its variable', () => {
  expect(() => parsed({ DIALPROOF_CONTROL_PORT: 'tcp://10.0.0.1:4010' })).toThrow(
    "value 'tcp://10.0.0.1:4010' from env 'DIALPROOF_CONTROL_PORT' is invalid. give a whole number from 0 to 65535.",
  );
});

test('a child of another command takes only what its parent gives', () => {
  expect(parsed({ DIALPROOF_CONTROL_PORT: '4011' }, [], true).options.controlPort).toBe(0);
});

test('a variable that is nearly an option is told, and others are not', () => {
  const { command } = parsed({});
  expect(
    misspeltVariables(command, {
      DIALPROOF_CONTROLPORT: '1',
      DIALPROOF_SEED: 'x',
      DIALPROOF_RUN_TAG: 'x',
      DIALPROOF_KEEP_RUNS: 'x',
      DIALPROOF_PORT_4010_TCP: 'x',
      DIALPROOF_SOMETHING_OF_THE_USERS: 'x',
      CONTROL_PORT: 'x',
    }),
  ).toEqual(['DIALPROOF_CONTROLPORT is no option of the command. Did you mean "CONTROL_PORT"?']);
});
