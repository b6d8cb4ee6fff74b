/** All text goes out by one way, which cleans it. */

import { jsonToStdout, painted, showProgress, toStderr, toStdout } from '../../cli/terminal/out.ts';
import { Terminal } from '../../cli/terminal/terminal.ts';
import { writeSummary } from '../../load/engine/result/write-summary.ts';
import { ConsoleOutput } from '../../load/engine/script/console-output.ts';

let out = '';
let err = '';
beforeEach(() => {
  [out, err] = ['', ''];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text;
    return true;
  });
});
afterEach(() => jest.restoreAllMocks());

const HOSTILE = '::error::x\u001b]0;title\u0007\u009b31m';

it('takes the power from control characters and CI commands, wherever they come from', async () => {
  const terminal = new Terminal(false);
  terminal.say(HOSTILE);
  terminal.warn(HOSTILE);
  new ConsoleOutput(null).write(HOSTILE);
  await writeSummary({ stdout: HOSTILE, stderr: new TextEncoder().encode(HOSTILE).buffer });
  showProgress(HOSTILE);
  toStderr(HOSTILE);
  // The sequences with which the progress line is written are its own.
  const told = (out + err).replaceAll('\r\u001b[2K', '\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
  expect(told).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|^\s*::/m);
  expect(out).toContain(': :error::x␛]0;title␇\ufffd31m');
});

it('keeps the colours of the program, and not those in a text that it paints', () => {
  toStdout(`${painted('\u001b[1ma\u001b[22m')} \u001b[32mc\n`);
  expect(out).toBe('\u001b[1ma\u001b[22m ␛[32mc\n');
  expect(new Terminal(false).paint('bold', 'a\u001b[31mb')).toContain('a␛[31mb');
});

it('escapes in JSON what could steer a terminal, and stays JSON', () => {
  jsonToStdout({ name: HOSTILE });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
  expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(JSON.parse(out)).toEqual({ name: HOSTILE });
});

it('takes the progress line away before it says something', () => {
  showProgress('smoke 10 s');
  toStderr('dialproof: interrupted\n');
  expect(err).toBe('\r\u001b[2Ksmoke 10 s\r\u001b[2Kdialproof: interrupted\n');
});
