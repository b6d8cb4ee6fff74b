import { renderMarkdown } from '../../reports/markdown/markdown.ts';
import { NO_CHANGES } from '../../run/compare/changes.ts';
import type { Run } from '../../run/run.ts';
import { expectGoldenReport } from './golden.ts';
import { empty, failing, hostile, notValid, partly, passing, plain, SAMPLES } from './samples.ts';

const said = (text: string) => ({ kind: 'text' as const, text });

/** A run with far too much of everything. */
function enormous(text: string): Run {
  const many = <T>(items: readonly T[]): T[] => Array.from({ length: 20 }, () => items).flat();
  const [contract] = failing.contracts;
  if (!contract) throw new Error('the failing sample has contracts');
  return {
    ...failing,
    id: text,
    reasons: Array.from({ length: 5_000 }, (_, i) => said(`${i} ${text}`)),
    target: { ...failing.target, url: text, bugs: many([text]) },
    contracts: [
      {
        ...contract,
        interactions: many(contract.interactions).map((one) => ({
          ...one,
          description: text,
          consumer: 'fail',
          detail: said(text),
        })),
      },
    ],
    load: many(failing.load.slice(1)).map((load) => ({
      ...load,
      scenario: text,
      reasons: many([said(text)]),
      checks: many(load.checks),
      validity: { ...load.validity, reasons: many([said(text)]) },
      audit: {
        ...load.audit,
        invariants: many(load.audit.invariants).map((one) => ({
          ...one,
          statement: text,
          evidence: many([said(text)]),
        })),
      },
    })),
  };
}

describe('renderMarkdown', () => {
  it.each<[string, Run]>([
    ['failing.md', failing],
    ['plain.md', plain],
    ['not-valid.md', notValid],
  ])('looks as it did: %s', (name, run) => expectGoldenReport(name, renderMarkdown(run)));

  it.each([
    ['pass', passing],
    ['fail', failing],
    ['not exercised', partly],
    ['not exercised', empty],
  ])('starts with the verdict: %s', (verdict, run) => {
    expect(renderMarkdown(run).split('\n')[0]).toContain(`**dialproof: ${verdict}**`);
  });

  it('gives the reasons and the bugs before anything is folded', () => {
    const [first = ''] = renderMarkdown(failing).split('<details>');
    expect(first).toContain('SEEDED BUG `forgets-tokens`');
    expect(first).toContain(
      '- Load replays: Invariant "one-contact-per-item" is violated in 212 of 12000 cases.',
    );
  });

  it('has the order of the page: verdict, causes, changes, figures, how to reproduce, parts', () => {
    const markdown = renderMarkdown(failing, {
      ...NO_CHANGES,
      missing: [{ against: 'the last run', where: 'out has no earlier run' }],
    });
    const order = [
      '**dialproof: fail**',
      '4 causes explain 8 failed checks.',
      '**What broke**',
      'Nothing to compare with: out has no earlier run',
      'Figures not valid',
      'Reproduce: `dialproof run --seed 42 --config dialproof.config.json`, seed `42`, configuration `',
      '| Part | Verdict |',
      '<summary>Failures</summary>',
    ].map((text) => markdown.indexOf(text));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('calls nothing a failure that is none', () => {
    expect(renderMarkdown(notValid)).not.toContain('Failures');
    const [, failures = ''] = renderMarkdown(failing).split('<summary>Failures</summary>');
    expect(failures.split('</details>')[0]).not.toContain('not decidable');
  });

  it('never shows as pass what was not exercised', () => {
    const verdicts = renderMarkdown(empty)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(verdicts.length).toBeGreaterThan(15);
    expect(verdicts.filter((line) => /\| pass \|/.test(line))).toEqual([]);
  });

  it.each([
    ['plain', 'x'.repeat(500)],
    ['wide and escaped', '東<*|@a '.repeat(100)],
    ['backticks', '`'.repeat(500)],
  ])('stays under 60,000 bytes whatever it holds, and says what it left out: %s', (_, text) => {
    const markdown = renderMarkdown(enormous(text));
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(60_000);
    expect(markdown).toMatch(/- 4,\d+ more in report\.html/);
  });

  it('closes what it folds', () => {
    for (const run of Object.values(SAMPLES)) {
      const markdown = renderMarkdown(run);
      const opened = markdown.match(/^<details>/gm) ?? [];
      expect(markdown.match(/^<\/details>$/gm)).toHaveLength(opened.length);
    }
  });
});

describe('hostile text in Markdown', () => {
  const outsideCode = renderMarkdown(hostile).replace(/^(`{3,})text\n.*?\n\1$/gms, '');

  it('opens no tag, mentions nobody, links no issue', () => {
    expect(outsideCode).not.toMatch(/(?<!\\)<(?:script|img)/);
    expect(outsideCode).not.toMatch(/@everyone|#1\b/);
    expect(outsideCode).toContain('\\<script\\>');
  });

  it('adds no cell and no line to a table', () => {
    const rows = outsideCode.split('\n').filter((line) => line.startsWith('|'));
    const cells = (row: string): number => row.match(/(?<!\\)\|/g)?.length ?? 0;
    let width = 0;
    for (const row of rows) {
      if (row.includes('| --- |')) continue;
      if (
        /^\| (?:Part|Code|Invariant|Error|Threshold|Response|Status|Check|What|Group|Step|Stage|Survivor|Difference|Bug|Check) /.test(
          row,
        )
      ) {
        width = cells(row);
      }
      expect(cells(row)).toBe(width);
    }
    expect(rows.length).toBeGreaterThan(30);
  });

  it('cannot close its code block', () => {
    const [contract] = failing.contracts;
    if (!contract) throw new Error('the failing sample has contracts');
    const checks = [{ name: 'n', verdict: 'fail' as const, detail: said('a\n````\nb') }];
    const markdown = renderMarkdown({ ...failing, contracts: [{ ...contract, checks }] });
    expect(markdown).toContain('`````text\na\n````\nb\n`````');
  });
});
