import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeReports } from '../../reports/write.ts';
import { readRun } from '../../run/json.ts';
import { UserError } from '../../system/errors.ts';
import { tempDir } from '../support/temp-dir.ts';
import { failing, passing } from './samples.ts';

let dir = '';
beforeEach(() => {
  dir = tempDir();
});

describe('writeReports', () => {
  it('makes the folder, writes six files and leaves nothing else', async () => {
    const out = join(dir, 'a', 'b');
    const paths = await writeReports(failing, out);
    expect(await readdir(out)).toEqual([
      'changes.json',
      'ctrf.json',
      'junit.xml',
      'report.html',
      'run.json',
      'summary.md',
    ]);
    expect(await readFile(paths.html, 'utf8')).toContain('<!doctype html>');
    expect(await readFile(paths.junit, 'utf8')).toContain('<testsuites');
    expect(await readFile(paths.markdown, 'utf8')).toContain('**dialproof: fail**');
    expect(readRun(await readFile(paths.json, 'utf8'))).toEqual(failing);
  });

  it('replaces an older run', async () => {
    await writeReports(failing, dir);
    const { markdown } = await writeReports(passing, dir);
    expect(await readFile(markdown, 'utf8')).toContain('**dialproof: pass**');
    expect(await readdir(dir)).toHaveLength(6);
  });

  it('writes nothing when one report cannot be rendered', async () => {
    await expect(writeReports({ ...passing, seed: Number.NaN }, dir)).rejects.toThrow('seed');
    expect(await readdir(dir)).toEqual([]);
  });

  it('tells the user when a file stands where the folder should be', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    const refused = writeReports(passing, file);
    await expect(refused).rejects.toBeInstanceOf(UserError);
    await expect(refused).rejects.toThrow(
      `cannot write ${file}: a file stands where the folder should be; choose another folder`,
    );
    await expect(writeReports(passing, join(file, 'below'))).rejects.toThrow(
      /^cannot write .*below: a part of the path is not a folder/,
    );
  });

  it('keeps the old file and no temporary one when a file cannot be replaced', async () => {
    await mkdir(join(dir, 'report.html'));
    await expect(writeReports(passing, dir)).rejects.toThrow(UserError);
    expect(await readdir(dir)).toEqual(['report.html']);
  });
});
