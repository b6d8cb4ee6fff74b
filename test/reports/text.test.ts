import { generatorSaid, invaliditiesSaid } from '../../reports/content/generator.ts';
import { endOfTestLines } from '../../reports/end-of-test.ts';
import { type Paint, summaryLines } from '../../reports/terminal.ts';
import type { Run } from '../../run/run.ts';
import { expectGoldenReport } from './golden.ts';
import { empty, hostile, notValid, partly, passing, plain, SAMPLES } from './samples.ts';

const shown = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

describe('summaryLines', () => {
  it.each(['passing', 'failing', 'interrupted', 'partly', 'plain', 'notValid'])(
    'looks as it did: %s',
    (name) => {
      const run = SAMPLES[name];
      if (!run) throw new Error(`no sample ${name}`);
      expectGoldenReport(`${name}.txt`, shown(summaryLines(run)));
    },
  );

  it('starts with the verdict', () => {
    expect(summaryLines(passing)[0]).toMatch(/^PASS {2}dialproof /);
    expect(summaryLines(partly)[0]).toMatch(/^NOT EXERCISED {2}dialproof /);
  });

  it('passes nothing that did not run', () => {
    expect(shown(summaryLines(empty))).not.toMatch(/\bpass\b/i);
  });

  it('has no control characters, whatever the run holds', () => {
    for (const line of summaryLines(hostile)) expect(line).not.toMatch(/\p{Control}/u);
  });

  it('changes nothing but colour when painted', () => {
    const paint: Paint = (tone, text) => `«${tone}:${text}»`;
    for (const run of Object.values(SAMPLES)) {
      const stripped = summaryLines(run, paint).map((line) =>
        line.replace(/«[^:]*:([^»]*)»/g, '$1'),
      );
      expect(stripped).toEqual(summaryLines(run));
    }
    expect(shown(summaryLines(SAMPLES.failing ?? passing, paint))).toContain(
      '«alarm:SEEDED BUG forgets-tokens»',
    );
  });
});

describe('endOfTestLines', () => {
  const linesOf = (run: Run) => run.load.flatMap(endOfTestLines);

  it('looks as it did', () => expectGoldenReport('end-of-test.txt', shown(linesOf(plain))));

  it('marks what was not judged', () => {
    expect(shown(linesOf(notValid))).toMatch(/\? dropped_iterations count==0 +137 \(not judged\)/);
  });

  it('has no control characters, whatever the run holds', () => {
    for (const line of linesOf(hostile)) expect(line).not.toMatch(/\p{Control}/u);
    expect(linesOf(hostile).length).toBeGreaterThan(5);
  });
});

describe('generatorSaid', () => {
  const { validity } = passing.load[0] ?? {};
  if (!validity) throw new Error('the sample has no load');

  it('tells how late and how busy the generator was', () => {
    expect(generatorSaid({ name: 'dialproof', version: '0' }, validity)).toEqual([
      'Dropped iterations: 0.',
      '99 % of iterations started at most 1.84 ms after their scheduled time.',
      'The generator added at most 2.10 ms to 99 % of response times.',
      'The generator’s event loop was busy 31 % of the time.',
    ]);
  });

  it.each([
    ['dialproof', 'There was no schedule to tell how late iterations started.'],
    ['k6', 'k6 does not tell how late iterations started.'],
  ] as const)('of %s says why it does not know', (name, sentence) => {
    const untold = { ...validity, latenessP99Ms: null, eventLoopDelayP99Ms: null, busy: null };
    expect(generatorSaid({ name, version: '0' }, untold)).toEqual([
      'Dropped iterations: 0.',
      sentence,
    ]);
  });
});

describe('invaliditiesSaid', () => {
  const { validity } = passing.load[0] ?? {};
  if (!validity) throw new Error('the sample has no load');
  const busy = { kind: 'busy', what: 'this machine', share: 0.9, bound: 0.8 } as const;
  const dropped = { kind: 'dropped', iterations: 3 } as const;

  it.each([
    [[busy], 2, /^Rates not valid: this machine was busy .* Response times are valid\.$/],
    [[busy], null, /^Figures not valid: this machine was busy/],
    [[busy, dropped], 2, /^Figures not valid: .*; 3 scheduled iterations/],
    [[], 2, /^Figures not valid: the load generator was the limit\.$/],
  ])('of %j with a delay of %p', (reasons, eventLoopDelayP99Ms, said) => {
    expect(invaliditiesSaid({ ...validity, valid: false, reasons, eventLoopDelayP99Ms })).toMatch(
      said,
    );
  });
});
