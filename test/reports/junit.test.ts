import { SaxesParser } from 'saxes';
import { renderJunit } from '../../reports/junit.ts';
import { causesOf } from '../../run/causes/causes.ts';
import type { Run } from '../../run/run.ts';
import { judgedThreshold } from '../support/threshold.ts';
import { expectGoldenReport } from './golden.ts';
import {
  consumerOnly,
  empty,
  failing,
  HOSTILE,
  hostile,
  notValid,
  partly,
  passing,
  plain,
  SAMPLES,
} from './samples.ts';

interface Case {
  readonly suite: string;
  readonly name: string;
  outcome: string;
  message: string;
  text: string;
}

interface Parsed {
  readonly totals: Record<string, string>;
  readonly suites: Record<string, Record<string, string>>;
  readonly cases: Case[];
}

/** Parses with a parser that refuses whatever is not well formed. */
function parse(xml: string): Parsed {
  const parsed: Parsed = { totals: {}, suites: {}, cases: [] };
  const parser = new SaxesParser();
  let suite = '';
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const last = parsed.cases.at(-1);
    if (name === 'testsuites') Object.assign(parsed.totals, attributes);
    if (name === 'testsuite') {
      suite = attributes.name ?? '';
      parsed.suites[suite] = attributes;
    }
    if (name === 'testcase') {
      parsed.cases.push({
        suite,
        name: attributes.name ?? '',
        outcome: 'passed',
        message: '',
        text: '',
      });
    }
    if (last && ['failure', 'error', 'skipped'].includes(name)) {
      last.outcome = name;
      last.message = attributes.message ?? '';
    }
  });
  parser.on('text', (text) => {
    const last = parsed.cases.at(-1);
    if (last) last.text += text;
  });
  parser.write(xml).close();
  return parsed;
}

function find(run: Run, suite: string, name: string): Case | undefined {
  return parse(renderJunit(run)).cases.find(
    (one) => one.suite === suite && one.name.startsWith(name),
  );
}

describe('renderJunit', () => {
  it.each<[string, Run]>([
    ['failing.xml', failing],
    ['plain.xml', plain],
  ])('looks as it did: %s', (name, run) => expectGoldenReport(name, renderJunit(run)));

  it.each(Object.entries(SAMPLES))('is well formed and counts its cases: %s', (_, run) => {
    const { totals, suites, cases } = parse(renderJunit(run));
    const of = (outcome: string, suite?: string): string =>
      String(
        cases.filter(
          (one) => one.outcome === outcome && (suite === undefined || one.suite === suite),
        ).length,
      );
    expect(totals).toMatchObject({
      tests: String(cases.length),
      failures: of('failure'),
      errors: of('error'),
      skipped: of('skipped'),
    });
    for (const [name, suite] of Object.entries(suites)) {
      expect(Number(suite.tests)).toBeGreaterThan(0);
      expect(suite).toMatchObject({ failures: of('failure', name), skipped: of('skipped', name) });
    }
  });

  it('has a suite per stage', () => {
    expect(Object.keys(parse(renderJunit(passing)).suites)).toEqual([
      'run',
      'contract BatchPutContact: consumer',
      'contract BatchPutContact: provider',
      'contract BatchPutContact: checks',
      'campaigns',
      'load: steady',
      'audit: steady',
      'load: replays',
      'audit: replays',
    ]);
  });

  it('is all green for a run in which everything passed', () => {
    const { cases } = parse(renderJunit(passing));
    expect(cases.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(cases.length).toBeGreaterThan(60);
  });

  it('fails the side that failed, with the mismatch', () => {
    const name = 'a call refused with IdempotencyException';
    expect(find(failing, 'contract BatchPutContact: consumer', name)?.outcome).toBe('passed');
    expect(find(failing, 'contract BatchPutContact: provider', name)).toMatchObject({
      outcome: 'failure',
      message: 'expected status 409 but was 200',
      text: expect.stringContaining('the member is missing'),
    });
  });

  it.each([
    ['load: replays', 'threshold: http_req_duration', 'value 338.612'],
    ['load: replays', 'threshold: replayed', 'no sample'],
    ['load: replays', 'check: status is 200', '60 of 12,000 times failed'],
    ['audit: replays', 'one-contact-per-item', 'violated: 212 violations, checked on 12,000'],
  ])('fails %s, %s', (suite, name, message) => {
    expect(find(failing, suite, name)).toMatchObject({ outcome: 'failure', message });
  });

  it('skips figures that say nothing, with the reason', () => {
    expect(find(failing, 'load: replays', 'figures are valid')).toMatchObject({
      outcome: 'skipped',
      message: '137 scheduled iterations were dropped because no VU was free',
    });
  });

  it('gives the evidence of a violation', () => {
    expect(find(failing, 'audit: replays', 'one-contact-per-item')?.text).toContain(
      'status 200: c09e51d277aa03b8',
    );
  });

  it('skips what is not decidable or was not exercised, with the reason', () => {
    expect(find(failing, 'audit: replays', 'nothing-lost')).toMatchObject({
      outcome: 'skipped',
      message: 'not decidable: the target has no ledger that can be read',
    });
    expect(find(partly, 'contract BatchPutContact: provider', 'a batch of one')?.outcome).toBe(
      'skipped',
    );
    expect(find(partly, 'contract BatchPutContact: consumer', 'a batch of one')?.outcome).toBe(
      'passed',
    );
    expect(find(partly, 'load', 'load')?.outcome).toBe('skipped');
  });

  it('has no case for a side that is not asked', () => {
    const name = 'an answer with a member that nobody knows';
    expect(find(consumerOnly, 'contract BatchPutContact: consumer', name)?.outcome).toBe('passed');
    expect(find(consumerOnly, 'contract BatchPutContact: provider', name)).toBeUndefined();
  });

  it.each(Object.entries(SAMPLES))('fails no case unless the run does: %s', (_, run) => {
    const { cases } = parse(renderJunit(run));
    const red = cases.filter(({ outcome }) => outcome === 'failure' || outcome === 'error');
    expect(red.length > 0).toBe(run.verdict !== 'pass');
    if (run.verdict !== 'fail') {
      expect(red.filter(({ outcome }) => outcome === 'failure')).toEqual([]);
    }
  });

  // GitLab reads the first of several cases with one class and one name.
  it.each(Object.entries(SAMPLES))('has no class and name twice: %s', (_, run) => {
    const { cases, suites } = parse(renderJunit({ ...run, load: [...run.load, ...run.load] }));
    const names = cases.map(({ suite, name }) => `${suite} › ${name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys(suites).length).toBe(new Set(Object.keys(suites)).size);
  });

  // GitLab shows the text of an element, and Jenkins shows its message.
  it.each(Object.entries(SAMPLES))('tells why in message and text: %s', (_, run) => {
    const { cases } = parse(renderJunit(run));
    for (const { outcome, message, text } of cases) {
      if (outcome === 'passed') continue;
      expect(message).not.toBe('');
      expect(text.trim()).not.toBe('');
    }
  });

  it('names a check after its groups, and fails it only where a missed threshold counts it', () => {
    const failed = 'check: pay › by card › status is 200';
    expect(find(plain, 'load: checkout', failed)).toMatchObject({
      outcome: 'skipped',
      message: '2 of 600 times failed, and no missed threshold counts it',
    });
    expect(find(plain, 'load: checkout', 'check: browse › status is 200')?.outcome).toBe('passed');
    const missing = (metric: string): Run => ({
      ...plain,
      load: plain.load.map((load) => ({
        ...load,
        thresholds: [judgedThreshold(metric, 'rate==1', false, 0.998)],
      })),
    });
    for (const [metric, outcome] of [
      ['checks', 'failure'],
      ['checks{check:status is 200}', 'failure'],
      ['checks{group:::pay::by card}', 'failure'],
      ['checks{scenario:default}', 'failure'],
      ['checks{check:is signed}', 'skipped'],
      ['checks{group:::browse}', 'skipped'],
      ['checks_of_mine', 'skipped'],
    ] as const) {
      expect([metric, find(missing(metric), 'load: checkout', failed)?.outcome]).toEqual([
        metric,
        outcome,
      ]);
    }
  });

  it('numbers what has one name twice', () => {
    const twice = judgedThreshold('http_reqs', 'count>=1', true, 2);
    const load = plain.load.map((one) => ({ ...one, thresholds: [twice, twice] }));
    const { cases } = parse(renderJunit({ ...plain, load }));
    expect(cases.map(({ name }) => name).filter((name) => name.startsWith('threshold'))).toEqual([
      'threshold: http_reqs count>=1',
      'threshold: http_reqs count>=1 (2)',
    ]);
  });

  it('has no suite for contracts and audit in a run of plain scripts', () => {
    expect(Object.keys(parse(renderJunit(plain)).suites)).toEqual(['run', 'load: checkout']);
    expect(renderJunit(plain)).not.toContain('embedded emulator');
  });

  it('makes a run that is not valid an error with the advice, and fails nothing', () => {
    expect(find(notValid, 'run', 'verdict')).toMatchObject({
      outcome: 'error',
      message: expect.stringMatching(/^not valid: .* Run it again with more virtual users/),
    });
    expect(find(notValid, 'load: steady', 'scenario')?.outcome).toBe('skipped');
    for (const name of ['threshold: http_req_duration', 'threshold: dropped_iterations']) {
      expect(find(notValid, 'load: steady', name)?.outcome).toBe('skipped');
    }
    expect(find(notValid, 'load: steady', 'threshold: checks')?.outcome).toBe('passed');
  });

  it('skips a check that was never made', () => {
    const [load] = passing.load;
    if (!load) throw new Error('the passing sample has load');
    const run = {
      ...passing,
      load: [{ ...load, checks: [{ name: 'c', groups: [], passes: 0, fails: 0 }] }],
    };
    expect(find(run, 'load: steady', 'check: c')?.outcome).toBe('skipped');
  });

  it('makes a run of which nothing was exercised an error, not an empty success', () => {
    const { cases } = parse(renderJunit(empty));
    expect(cases.filter(({ outcome }) => outcome === 'passed')).toEqual([]);
    expect(find(empty, 'run', 'verdict')).toMatchObject({
      outcome: 'error',
      message: expect.stringContaining('Nothing was exercised'),
    });
  });

  it('keeps hostile text as text', () => {
    const beginning = '<script>alert(1)</script>"\' onload=x';
    const shown = parse(renderJunit(hostile)).cases.find(
      ({ suite, name }) =>
        suite.startsWith(`contract ${beginning}`) &&
        suite.endsWith('BatchPutContact: provider') &&
        name.startsWith(beginning),
    );
    expect(shown).toBeDefined();
  });
});

describe('the parser of these tests', () => {
  it.each(['<a b="\u0000"/>', '<a>]]></a>', '<a><b></a>', `<a>${HOSTILE}</a>`])(
    'refuses %j',
    (xml) => expect(() => parse(xml)).toThrow(),
  );
});

describe('causes in JUnit', () => {
  const attribute = (element: string, name: string): string =>
    new RegExp(` ${name}="([^"]*)"`).exec(element)?.[1] ?? '';

  it('are the types of failures and errors, and nothing else is', () => {
    const ids = causesOf(failing).map(({ id }) => id);
    const failures = renderJunit(failing).match(/<(?:failure|error) [^>]*>/g) ?? [];
    expect(failures.length).toBeGreaterThan(5);
    const types = failures.map((one) => attribute(one, 'type'));
    expect(ids).toEqual(expect.arrayContaining([...new Set(types)]));
    expect(new Set(types).size).toBe(ids.length);
  });

  it('a run of which nothing was exercised is an error without a cause', () => {
    expect(renderJunit(empty)).toContain('type="not-exercised"');
  });

  it.each(Object.entries(SAMPLES))('cases have times and unique names: %s', (_, run) => {
    const cases = renderJunit(run).match(/<testcase [^>]*>/g) ?? [];
    const names = cases.map((one) => `${attribute(one, 'classname')} ${attribute(one, 'name')}`);
    expect(new Set(names).size).toBe(names.length);
    for (const one of cases) expect(attribute(one, 'time')).toMatch(/^\d+\.\d{3}$/);
  });
});
