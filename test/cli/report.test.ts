/** report compare and report trend, and how a run finds the earlier ones: in process, on written runs. */

import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { reportCommand } from '../../cli/commands/report.ts';
import { baselineOf, changesSince, failsBy, runBefore, runsAt } from '../../cli/stages/baseline.ts';
import { writeReports } from '../../reports/write.ts';
import { appendToHistory } from '../../run/compare/history.ts';
import { lineOf } from '../../run/compare/line.ts';
import type { Run } from '../../run/run.ts';
import { UserError } from '../../system/errors.ts';
import { failing, passing } from '../reports/samples.ts';
import { tempDir } from '../support/temp-dir.ts';

let out = '';
let printed = '';
beforeEach(() => {
  out = tempDir();
  printed = '';
  process.exitCode = undefined;
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
});

const first: Run = { ...passing, id: 'first' };
const second: Run = { ...failing, id: 'second', startedAt: '2026-11-24T22:40:07.000Z' };

async function written(...runs: readonly Run[]): Promise<void> {
  for (const run of runs) await writeReports(run, join(out, run.id));
  const last = runs.at(-1);
  if (last) await symlink(last.id, join(out, 'latest'));
}

async function report(...args: readonly string[]): Promise<typeof process.exitCode> {
  const root = new Command('dialproof').enablePositionalOptions().exitOverride();
  reportCommand(root.command('report'));
  await root.parseAsync(['report', ...args], { from: 'user' });
  return process.exitCode;
}

it('renders a run again that is named by its file or its folder', async () => {
  await written(first);
  const again = join(out, 'again');
  for (const run of [join(out, 'first'), join(out, 'latest'), join(out, 'first', 'run.json')]) {
    expect(await report(run, '--out', again)).toBe(0);
    expect(printed).toContain(join(again, 'report.html'));
    await rm(again, { recursive: true });
    printed = '';
  }
  await expect(report(out)).rejects.toThrow(
    `cannot read ${join(out, 'run.json')} (ENOENT): name the run.json or the folder of a run`,
  );
});

describe('report compare', () => {
  it('tells what changed between two runs, and fails on a regression where it is asked to', async () => {
    await written(first, second);
    const [a, b] = [join(out, 'first'), join(out, 'second', 'run.json')];
    expect(await report('compare', a, b)).toBe(0);
    expect(printed).toMatch(/^since .*first \(.*\): \d+ regressions/);
    expect(printed).toContain('regression: New cause ');
    expect(await report('compare', a, b, '--fail-on', 'regression')).toBe(1);
    expect(await report('compare', b, a, '--fail-on', 'regression')).toBe(1); // self-checks are gone
    expect(await report('compare', a, a, '--fail-on', 'regression')).toBe(0);
  });

  it('prints JSON and Markdown', async () => {
    await written(first, second);
    await report('compare', join(out, 'first'), join(out, 'second'), '--json');
    expect(JSON.parse(printed)).toMatchObject({
      schema: 'dialproof-comparison/1',
      before: { id: 'first' },
      after: { id: 'second' },
    });
    printed = '';
    await report('compare', join(out, 'first'), join(out, 'second'), '--markdown');
    expect(printed).toContain('| Change | Kind |');
    expect(printed).toContain('| **Regression** |');
  });

  it('finds the run before this one, and a branch', async () => {
    await written(first, second);
    const trend = join(out, 'trend');
    await appendToHistory(trend, lineOf(first));
    const latest = join(out, 'latest');
    await report('compare', latest, '--baseline', 'latest');
    expect(printed).toContain('since the run before it (2026-11-23');
    printed = '';
    await report('compare', latest, '--baseline', 'main', '--trend', trend);
    expect(printed).toContain('since the baseline main (2026-11-23');
  });

  it('says that there is no baseline, and exits with 0', async () => {
    await written(first);
    const fail = ['--fail-on', 'regression'];
    expect(await report('compare', join(out, 'first'), '--baseline', 'main', ...fail)).toBe(0);
    expect(printed).toContain('Nothing to compare with: the baseline main is not there');
    printed = '';
    expect(await report('compare', join(out, 'first'), '--baseline', 'latest', ...fail)).toBe(0);
    expect(printed).toContain('Nothing to compare with: the run before it is not there');
  });

  it.each([
    [[], 'needs two runs, and got 0'],
    [['a', 'b', '--baseline', 'main'], 'needs one run with --baseline'],
    [['a', 'b'], 'cannot read a (ENOENT)'],
  ])('refuses %j in one sentence', async (args, message) => {
    const refused = report('compare', ...args);
    await expect(refused).rejects.toBeInstanceOf(UserError);
    await expect(report('compare', ...args)).rejects.toThrow(message);
  });
});

describe('report trend', () => {
  it('appends, prints a line for each run, and writes the page', async () => {
    await written(first, second);
    const trend = join(out, 'trend');
    await report('trend', trend, '--add', join(out, 'first'));
    printed = '';
    await report('trend', trend, '--add', join(out, 'second'));
    expect(printed.trimEnd().split('\n')).toHaveLength(3);
    expect(await readFile(join(trend, 'trend.html'), 'utf8')).toContain('<svg');
    printed = '';
    await report('trend', trend, '--branch', 'nowhere');
    expect(printed).toContain('has no run of the branch nowhere');
  });
});

it('a folder of runs has each once, although latest names one again', async () => {
  await written(first, second);
  expect((await runsAt(out)).map(({ id }) => id).sort()).toEqual(['first', 'second']);
  await mkdir(join(out, 'empty'));
  await expect(runsAt(join(out, 'empty'))).rejects.toThrow('has no run');
});

it('of a branch the newest ten runs are the baseline', async () => {
  for (let i = 0; i < 12; i += 1) {
    await appendToHistory(out, {
      ...lineOf(first),
      id: `run-${i}`,
      startedAt: `2026-11-${10 + i}`,
    });
  }
  const { lines } = await baselineOf('main', out);
  expect(lines.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, i) => `run-${i + 2}`));
});

it('of a branch that has no run it is said which ones have', async () => {
  await appendToHistory(out, { ...lineOf(first), branch: 'topic' });
  const { lines, where } = await baselineOf('nowhere', out);
  expect(lines).toEqual([]);
  expect(where).toBe(`no such file, and ${join(out, 'history.ndjson')} has runs of topic only`);
});

it('the run before is one of the same command', async () => {
  const command = 'dialproof load run smoke';
  const origin = first.origin && { ...first.origin, command };
  await written(first, { ...first, id: 'other', startedAt: '2026-11-24T01:00:00.000Z', origin });
  const { lines } = await runBefore(join(out, 'first'), {
    ...lineOf(first),
    id: 'now',
    startedAt: '2026-11-25T01:00:00.000Z',
  });
  expect(lines.map(({ id }) => id)).toEqual(['first']);
});

describe('a run that has just ended', () => {
  it('is compared with the last one', async () => {
    await written(first);
    const changes = await changesSince(second, out, {});
    expect(changes.comparisons.map(({ against }) => against)).toEqual(['the last run']);
    expect(failsBy({}, changes)).toBe(false);
    expect(failsBy({ failOn: 'regression' }, changes)).toBe(true);
  });

  it('fails by its baseline, where one is named, and not by the last run', async () => {
    await written(first);
    const trend = join(out, 'trend');
    await appendToHistory(trend, { ...lineOf(second), id: 'same', branch: 'topic' });
    const options = { baseline: 'topic', trend, failOn: 'regression' } as const;
    const changes = await changesSince(second, out, options);
    expect(changes.comparisons).toHaveLength(2);
    expect(failsBy(options, changes)).toBe(false);
  });

  it('is compared with the last run of its own command', async () => {
    const load = (run: Run): Run => ({
      ...run,
      origin: run.origin && { ...run.origin, command: 'dialproof load run smoke --seed 1' },
    });
    const other = load({ ...first, id: 'other', startedAt: '2026-11-24T01:00:00.000Z' });
    await written(first, other);
    const [comparison] = (await changesSince(second, out, {})).comparisons;
    expect(comparison?.before.id).toBe('first');
    const none = await changesSince(load(second), join(out), {});
    expect(none.comparisons[0]?.before.id).toBe('other');
    await rm(join(out, 'first'), { recursive: true });
    expect((await changesSince(second, out, {})).missing).toEqual([
      { against: 'the last run', where: `${out} has no earlier run of this command` },
    ]);
  });

  it('is not lost for a last run that cannot be read: that is said', async () => {
    await mkdir(join(out, 'latest'));
    await writeFile(join(out, 'latest', 'run.json'), '{');
    const { missing, comparisons } = await changesSince(second, out, {});
    expect(comparisons).toEqual([]);
    expect(missing).toEqual([
      { against: 'the last run', where: expect.stringContaining('run.json is not JSON') },
    ]);
  });
});
