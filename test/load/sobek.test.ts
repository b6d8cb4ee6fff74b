/** Every scenario on the interpreter that k6 uses, behind the command line of k6. The audit judges what it sent. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findK6 } from '../../load/engines/k6.ts';
import { SCENARIO_NAMES } from '../../load/lib/profiles.ts';
import { ownScript } from '../../load/run/run-script.ts';
import { can, describeIf, runProgram } from '../clients/program.ts';
import { tempDir } from '../support/temp-dir.ts';
import { scriptOf } from './engine/support.ts';
import { type Bench, openBench, runBriefly, runOnEmulator, undisturbed } from './scenarios.ts';

const SOURCE = join(__dirname, 'sobek');
/** Without a build cache, the interpreter and net/http have to be compiled. */
const BUILD_MILLISECONDS = 600_000;
/** Not for debugging: this halves the CPU of the build. The interpreter itself is used for a few seconds only. */
const CHEAPLY = ['-gcflags=all=-N -l -dwarf=false', '-ldflags=-s -w'];

const HAS_GO = can('go', ['mod', 'download'], SOURCE);
const dir = tempDir();
const program = join(dir, 'k6-on-sobek');
let bench: Bench;

describeIf(HAS_GO, 'Sobek', 'no go, or its modules cannot be had', () => {
  beforeAll(async () => {
    const args = ['build', '-C', SOURCE, ...CHEAPLY, '-o', program, '.'];
    expect(await runProgram('go', args, { CGO_ENABLED: '0' })).toMatchObject({ code: 0 });
    bench = await openBench(dir);
  }, BUILD_MILLISECONDS);

  test.each(SCENARIO_NAMES)('runs %s, and the audit has nothing against it', async (name) => {
    const k6 = await findK6(program);
    const run = () => runBriefly(bench, name, {}, k6);
    const { reasons, verdict } = await (name === 'quota'
      ? undisturbed(run, (result) => result.verdict !== 'fail')
      : run());
    // Times are not the matter of this test, and a busy machine makes them not valid.
    expect(reasons.filter(({ kind }) => kind !== 'figures not valid')).toEqual([]);
    expect(verdict).not.toBe('fail');
  });

  test.each([
    [
      'syntax that it cannot parse',
      'export default function () { return /[\\p{L}--[a-z]]/v; }',
      /SyntaxError|Invalid flags|regular expression/,
    ],
    [
      'a global that it does not have',
      'export default function () { structuredClone({}); }',
      /structuredClone is not defined/,
    ],
    [
      'a method that it does not have',
      'export default function () { Object.groupBy([], String); }',
      /groupBy/,
    ],
  ])('fails a script with %s', async (_, text, message) => {
    const script = await ownScript(scriptOf(text));
    const { verdict, reasons } = await runOnEmulator(bench, script, {}, {}, await findK6(program));
    expect(JSON.stringify(reasons)).toMatch(message);
    expect(verdict).not.toBe('pass');
  });

  test('k6 itself is no dependency of it', () => {
    const sums = readFileSync(join(SOURCE, 'go.sum'), 'utf8');
    expect(sums).toContain('github.com/grafana/sobek');
    expect(sums).not.toMatch(/go\.k6\.io|grafana\/k6/);
  });
});
