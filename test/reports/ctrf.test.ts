/** CTRF: valid by its own schema, with a case for every check, and a cause for every failed one. */

import { validate } from 'ctrf';
import { suitesOf } from '../../reports/content/suites.ts';
import { renderCtrf } from '../../reports/ctrf.ts';
import { causesOf } from '../../run/causes/causes.ts';
import { failing, passing, SAMPLES } from './samples.ts';

interface Report {
  readonly results: {
    readonly summary: Readonly<Record<string, number>>;
    readonly tests: readonly {
      readonly name: string;
      readonly status: string;
      readonly extra?: { readonly cause: string };
    }[];
    readonly environment: object;
  };
}

const parsed = (text: string): Report => JSON.parse(text) as Report;

it.each(Object.entries(SAMPLES))('%s is valid, its counts are true, its names unique', (_, run) => {
  const report = parsed(renderCtrf(run));
  expect(validate(report)).toMatchObject({ valid: true });
  const { tests, summary } = report.results;
  const n = (status: string): number => tests.filter((one) => one.status === status).length;
  expect(summary).toMatchObject({
    tests: tests.length,
    passed: n('passed'),
    failed: n('failed'),
    skipped: n('skipped'),
  });
  expect(new Set(tests.map(({ name }) => name)).size).toBe(tests.length);
  expect(tests).toHaveLength(suitesOf(run).flatMap(({ cases }) => cases).length);
});

it('its validator refuses what is wrong', () => {
  const report = parsed(renderCtrf(passing));
  expect(validate({ ...report, results: { ...report.results, tests: [{}] } }).valid).toBe(false);
});

it('every failed case has one of the causes of the run', () => {
  const ids = causesOf(failing).map(({ id }) => id);
  const failed = parsed(renderCtrf(failing)).results.tests.filter(
    ({ status }) => status === 'failed',
  );
  expect(failed.length).toBeGreaterThan(5);
  for (const { extra } of failed) expect(ids).toContain(extra?.cause);
  expect(new Set(failed.map(({ extra }) => extra?.cause)).size).toBeGreaterThan(2);
});

it('has where the run comes from', () => {
  expect(parsed(renderCtrf(passing)).results.environment).toMatchObject({
    commit: passing.origin?.commit,
    branchName: 'main',
    buildUrl: 'https://ci.example/builds/7',
  });
});
