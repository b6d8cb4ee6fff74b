import { type Paint, summaryLines } from '../../reports/text.ts';
import { expectGolden } from './golden.ts';
import { empty, hostile, partly, passing, SAMPLES } from './samples.ts';

const shown = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

describe('summaryLines', () => {
  it.each(['passing', 'failing', 'interrupted', 'partly'])('looks as it did: %s', (name) => {
    const run = SAMPLES[name];
    if (!run) throw new Error(`no sample ${name}`);
    expectGolden(`${name}.txt`, shown(summaryLines(run)));
  });

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
