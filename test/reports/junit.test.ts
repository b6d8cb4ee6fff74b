import { SaxesParser } from 'saxes';
import { renderJunit } from '../../reports/junit.ts';
import type { Run } from '../../run/run.ts';
import { expectGoldenReport } from './golden.ts';
import {
  consumerOnly,
  empty,
  failing,
  HOSTILE,
  hostile,
  partly,
  passing,
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
  it('looks as it did', () => expectGoldenReport('failing.xml', renderJunit(failing)));

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

  it('skips a check that was never made', () => {
    const [load] = passing.load;
    if (!load) throw new Error('the passing sample has load');
    const run = { ...passing, load: [{ ...load, checks: [{ name: 'c', passes: 0, fails: 0 }] }] };
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
