/** What a disk refuses is one sentence, whichever command meets it. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { UserError } from '../../system/errors.ts';
import { explain, explainUnexpected } from '../../system/file-trouble.ts';
import { dialproof } from '../cli/command.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();

function thrownBy(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const failure = (code: string, fields: object = {}) =>
  Object.assign(new Error('raw'), { code, syscall: 'write', ...fields });

test.each([
  ['ENOSPC', 'no space is left on the device'],
  ['EACCES', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOTDIR', 'a part of the path is not a folder'],
])('%s is worded for the user', (code, words) => {
  const told = explain(failure(code), 'out/run.json');
  expect(told).toBeInstanceOf(UserError);
  expect(String(told)).toContain(`cannot write out/run.json: ${words}`);
  expect(String(explainUnexpected(failure(code)))).toContain(`cannot write a file: ${words}`);
});

test('an error that no command expected names its own path', () => {
  expect(String(explainUnexpected(thrownBy(() => writeFileSync(dir, ''))))).toContain(
    `cannot write ${dir}: a folder of that name is in the way; `,
  );
  // As rmSync of Node 24 says it.
  const message = ", Unknown error: Read-only file system '/mnt/a'";
  expect(
    String(explainUnexpected(failure('', { message, syscall: 'rm', path: '/mnt/a' }))),
  ).toContain('cannot write /mnt/a: the file system is read-only');
});

test('defects, missing files and sockets are something else', async () => {
  const refused = await new Promise((resolve) => connect(1, '127.0.0.1').once('error', resolve));
  const missing = thrownBy(() => readFileSync(join(dir, 'nothing')));
  const port = failure('EACCES', { syscall: 'listen' });
  const defect = new TypeError('x is not a function');
  for (const error of [defect, 'text', null, refused, missing, port, failure('EWEIRD')]) {
    expect(explainUnexpected(error)).toBe(error);
  }
  for (const error of [defect, failure('EWEIRD')]) expect(explain(error, 'out')).toBe(error);
});

test('a command that meets it while it works says it, without a stack', async () => {
  const file = join(dir, 'corpus', 'batches.bin.part');
  mkdirSync(file, { recursive: true });
  const { code, stderr } = await dialproof(
    'generate',
    '--batches',
    '1',
    '--out',
    join(dir, 'corpus'),
  );
  expect(code).toBe(2);
  expect(stderr).toBe(
    `dialproof: cannot write ${file}: a folder of that name is in the way; move it or choose another folder\n`,
  );
});
