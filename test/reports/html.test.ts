import { CAUSES_SHOWN } from '../../reports/html/answers.ts';
import { renderHtml } from '../../reports/html/html.ts';
import { DARK, LIGHT, type Palette } from '../../reports/html/palette.ts';
import { SCRIPT, SCRIPT_HASH } from '../../reports/html/script.ts';
import { renderMarkdown } from '../../reports/markdown/markdown.ts';
import { causesOf } from '../../run/causes/causes.ts';
import type { Run } from '../../run/run.ts';
import {
  consumerOnly,
  empty,
  failing,
  hostile,
  INTERACTIONS,
  interrupted,
  notValid,
  partly,
  passing,
  plain,
  SAMPLES,
  series,
} from './samples.ts';

/** Everything a reader sees before the first section. */
function opening(run: Run): string {
  return renderHtml(run).split('<nav')[0] ?? '';
}

function section(run: Run, id: string): string {
  const html = renderHtml(run);
  const at = new RegExp(`<(section|details) id="${id}"`).exec(html);
  if (!at) return '';
  const tag = at[1] ?? '';
  let depth = 0;
  for (const found of html.slice(at.index).matchAll(new RegExp(`<(/?)${tag}[ >]`, 'g'))) {
    depth += found[1] === '/' ? -1 : 1;
    if (depth === 0) return html.slice(at.index, at.index + found.index);
  }
  return html.slice(at.index);
}

function heading(run: Run): string | undefined {
  return /<h1><span class="v (?:pass|fail|open)">(.*?)<\/span><\/h1>/.exec(renderHtml(run))?.[1];
}

/** The passing run, with self-checks that fail, each for a cause of its own. */
function manyCauses(n: number): Run {
  const selfChecks = Array.from({ length: n }, (_, i) => ({
    name: `check ${i}`,
    verdict: 'fail' as const,
    detail: said('it was missed'),
  }));
  return { ...passing, verdict: 'fail', selfChecks };
}

const said = (text: string) => ({ kind: 'text' as const, text });

describe('the first screen', () => {
  it.each([
    ['Pass', passing],
    ['Fail', failing],
    ['Not exercised', interrupted],
    ['Not exercised', partly],
    ['Not exercised', empty],
    ['Not valid', notValid],
    ['Pass', plain],
  ])('says %s', (word, run) => expect(heading(run)).toBe(word));

  it('names the causes of a failing run, and says how many checks they explain', () => {
    const causes = causesOf(failing);
    const html = opening(failing);
    expect(causes.length).toBeGreaterThan(1);
    const failed = causes.reduce((sum, { places }) => sum + places.length, 0);
    expect(html).toContain(`${causes.length} causes explain ${failed} failed checks.`);
    const list = /<ul class="reasons".*?<\/ul>/s.exec(html)?.[0] ?? '';
    expect(list.match(/<li>/g)).toHaveLength(causes.length);
    expect(section(failing, 'causes').match(/class="finding fail"/g)).toHaveLength(causes.length);
  });

  it('keeps many causes from pushing the figures away, and loses none', () => {
    const many = manyCauses(CAUSES_SHOWN + 34);
    expect(opening(many)).toContain('<a href="#causes">34 more causes</a>');
    expect(section(many, 'causes').match(/class="finding fail"/g)).toHaveLength(CAUSES_SHOWN + 34);
  });

  it('gives every reason of a run that decides nothing, none of them folded', () => {
    const reasons = Array.from({ length: 40 }, (_, i) => said(`reason ${i}`));
    const html = opening({ ...notValid, reasons });
    expect(html.match(/<li>reason/g)).toHaveLength(40);
    expect(html).not.toContain('<details>');
  });

  it('answers what broke where nothing did', () => {
    expect(opening(passing)).toMatch(/What broke<\/h2><p>Nothing\.<\/p>/);
  });

  it('has the command, the seed, the versions, the commit, the branch, the build and the host', () => {
    const html = opening(passing).replaceAll('<wbr>', '');
    for (const fact of ['dialproof run --seed 42', '>42<', '5c1f0b7e9a4d2c33', 'builds/7']) {
      expect(html).toContain(fact);
    }
    expect(html).toMatch(/Versions.*dialproof 0\.1\.0/s);
    for (const name of ['Branch', 'Host', 'Commit', 'Build']) {
      expect(html).toContain(`<dt>${name}</dt>`);
    }
    expect(opening({ ...passing, origin: null })).toContain('The command was not recorded.');
  });

  it('says what changed, or that nothing was compared', () => {
    expect(opening(passing)).toContain('The run was compared with no other.');
  });

  it('shouts seeded bugs, and only those', () => {
    expect(opening(failing)).toContain('Seeded bug: <code>forgets-tokens</code>');
    expect(renderHtml(passing)).not.toContain('Seeded bug:');
  });

  it('doubts figures that are not valid', () => {
    expect(opening(failing)).toContain('Figures not valid:</span> load replays.');
    expect(opening(passing)).not.toContain('not valid');
    const busy = {
      kind: 'busy',
      what: 'the generator’s event loop',
      share: 0.9,
      bound: 0.8,
    } as const;
    const load = passing.load.map((one) => ({
      ...one,
      validity: { ...one.validity, valid: false, reasons: [busy] },
    }));
    // What the busy generator added to the response times is known.
    expect(opening({ ...passing, load })).toContain(
      'Rates not valid:</span> load steady, replays.',
    );
  });

  it('names what was not exercised', () => {
    expect(opening(partly)).toContain(
      `load and audit, 1 failure code, ${INTERACTIONS.length - 1} contract interactions, 1 mutation score.`,
    );
    expect(opening(interrupted)).toContain('The run was interrupted');
  });
});

describe('what was not exercised', () => {
  it('is nowhere shown as pass', () => {
    expect(renderHtml(empty)).not.toContain('class="v pass"');
    const rows = section(partly, 'contract-1').match(/<tr .*?<\/tr>/gs) ?? [];
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      const provider = /data-head="Provider"><span>(.*?)<\/td>/.exec(row)?.[1] ?? 'not exercised';
      expect(provider).toContain('not exercised');
    }
  });

  it('is told from what is not asked', () => {
    const row = /<tr [^>]*><th[^>]*>an answer with a member.*?<\/tr>/s.exec(
      section(consumerOnly, 'contract-1'),
    );
    expect(row?.[0]).toMatch(/data-head="Consumer"><span><span class="v pass">pass<.*not asked/s);
  });

  it('has a section that says so', () => {
    expect(section(partly, 'load')).toContain('not exercised');
    expect(section(empty, 'contracts')).toContain('This run checked no contracts.');
  });
});

describe('sections', () => {
  const order = (run: Run): (string | undefined)[] =>
    [...renderHtml(run).matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);

  it('are always in one order: what broke, campaigns, contracts, load, invariants, environment', () => {
    const all = ['causes', 'campaigns', 'contracts', 'load', 'invariants', 'self-checks'];
    const top = (run: Run) => order(run).filter((id) => !/^load-/.test(id ?? ''));
    expect(top(failing)).toEqual([...all, 'environment']);
    expect(top(passing)).toEqual(['campaigns', 'contracts', 'load', 'invariants', 'environment']);
  });

  it('fold scenarios that pass but that of most requests, and none that does not', () => {
    const [most, few] = passing.load.map((one, i) => ({
      ...one,
      requests: 9_000 / (i + 1),
    }));
    if (!most || !few) throw new Error('the passing sample has two scenarios');
    const html = renderHtml({ ...passing, load: [few, most] });
    expect(html).toContain('<details id="load-1"');
    expect(html).toContain('<section id="load-2"');
    expect(renderHtml(failing)).toContain('<section id="load-2"');
    expect(renderHtml(notValid)).toContain('<section id="load-1"');
  });

  it('does not call what replays answered created', () => {
    const html = renderHtml(passing);
    expect(html).toContain('with a ContactId');
    expect(html).not.toContain('Contacts created');
  });

  it('show what a scenario found', () => {
    const [load] = passing.load;
    const finding = said('an amplification of 3.41 <b>');
    const run = { ...passing, load: load ? [{ ...load, findings: [finding] }] : [] };
    expect(section(run, 'load-1')).toContain('<li>an amplification of 3.41 &lt;b&gt;</li>');
    expect(renderMarkdown(run)).toContain('- an amplification of 3.41 \\<b\\>');
    expect(section(passing, 'load-1')).not.toContain('<h4>Found');
  });

  it('have a table of the self-checks, failures first, where there were any', () => {
    const shown = section(failing, 'self-checks');
    expect(shown.indexOf('fault plan ambiguous')).toBeGreaterThan(0);
    expect(shown.indexOf('fault plan ambiguous')).toBeLessThan(
      shown.indexOf('seeded bug forgets-tokens'),
    );
    expect(order(passing)).not.toContain('self-checks');
  });

  it('show a mismatch, a violation and its evidence', () => {
    const [unfolded = ''] = section(failing, 'contracts').split('<details');
    expect(unfolded).toContain('expected status 409 but was 200');
    const [audit = ''] = section(failing, 'invariants').split('class="matrix"');
    expect(audit).toContain('answer 7a1d5c0e9b3f2a41; batch 812');
  });

  it('show thresholds with values, unmet first, and a missing sample as a failure', () => {
    const load = section(failing, 'load-2');
    expect(load).toMatch(/http_req_duration.*338\.612.*class="v fail".*no sample.*class="v fail"/s);
    expect(load).toContain('<p>Figures not valid: 137 scheduled iterations');
    expect(section(failing, 'load-1')).toContain('Figures valid.');
  });

  it('name the engine and the provenance of triggers', () => {
    expect(section(failing, 'load-2')).toContain('Engine dialproof 0.1.0');
    expect(section(failing, 'contract-1')).toContain('assumed: <span class="quiet">campaigns use');
  });

  it('have every scenario in a line, failures first, where there are several', () => {
    const rows = section(failing, 'load')
      .split('<details')[0]
      ?.match(/<tr role="row" class="(?:fail|plain)">.*?<\/tr>/gs);
    expect(rows?.slice(0, 2)).toHaveLength(2);
    expect(rows?.[0]).toMatch(
      /class="fail"><th[^>]*><a href="#load-2">replays<.*<span class="v fail">fail<.*href="#invariants"><span class="v fail">fail<.*not valid/s,
    );
    expect(rows?.[1]).toMatch(
      /class="plain"><th[^>]*><a href="#load-1">steady<.*<span class="v pass">pass<.*href="#invariants"><span class="v pass">pass<.*valid/s,
    );
    expect(section(interrupted, 'load')).not.toContain('Every scenario.');
  });

  it('can all be reached by a link', () => {
    for (const run of Object.values(SAMPLES)) {
      const html = renderHtml(run);
      const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
      const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
      expect(targets.length).toBeGreaterThan(1);
      for (const target of targets) expect(ids).toContain(target);
      for (const id of order(run).filter((one) => !/^load-/.test(one ?? ''))) {
        expect(targets).toContain(id);
      }
    }
  });
});

describe('a script without a history', () => {
  const html = renderHtml(plain);

  it('has its metrics, groups, checks and thresholds', () => {
    for (const text of [
      'browse › status is 200',
      'pay › by card › status is 200',
      'http_req_duration{status:200}',
      '0.16 % (2 of 1,200)',
      '1,200 (40.0 a second)',
      '<code>basket</code>',
      'status 503 Service Unavailable',
      'no answer (request timeout)',
      'checks',
      'rate&gt;=0.9',
    ]) {
      expect(html).toContain(text);
    }
    expect(section(plain, 'load-1')).toMatch(/p\(95\).*84\.2 ms/s);
  });

  it('has nothing of BatchPutContact, and no section that says so', () => {
    for (const text of [
      'INVALID_QUEUE',
      'BatchPutContact',
      'ContactId',
      'not answered with 200',
      'ledger',
      'the history has no request',
      'embedded emulator</',
      'Audit',
      'Contracts',
    ]) {
      expect(html).not.toContain(text);
    }
  });

  it('counts failed requests as the script does', () => {
    expect(opening(plain)).toMatch(/>1,200<.*2 failed/s);
    expect(opening(plain)).toContain('1,198 of 1,200');
  });

  it('does not show a failed check that fails nothing as a failure', () => {
    expect(html).toContain('fails nothing');
    expect(section(plain, 'load-1')).not.toContain('class="v fail"');
  });
});

describe('a run that is not valid', () => {
  it('is not red, says why and what to do', () => {
    const html = renderHtml(notValid);
    expect(html).not.toContain('class="v fail"');
    expect(html).not.toContain('class="note fail"');
    expect(opening(notValid)).toMatch(
      /137 scheduled iterations were dropped.* Run it again with more virtual users/,
    );
    expect(section(notValid, 'load-1')).toMatch(
      /http_req_duration.*17\.6.*class="v open">not valid/s,
    );
  });
});

describe('campaigns', () => {
  it('say how the road belongs to the operations', () => {
    expect(section(passing, 'campaigns')).toContain(
      'Dial requests were handed over with PutDialRequestBatch (version 1) and PutOutboundRequestBatch (version 2). The campaigns made contacts of them with BatchPutContact, and dialled.',
    );
  });

  it('show what was violated, and each version with its ends', () => {
    expect(section(failing, 'campaigns')).toMatch(
      /class="finding fail">.*7 violations, checked on 263.*k2v9q1zz-0000000003-07\) was accepted and is lost/s,
    );
    expect(section(passing, 'campaigns')).toContain('CUSTOMER_<wbr>NEVER_<wbr>ARRIVED');
  });
});

describe('hostile text', () => {
  const TAG =
    /^<\/?(?:html|head|meta|title|link|style|body|a|div|header|p|span|b|h1|h2|h3|h4|ul|ol|li|details|summary|strong|code|wbr|dl|dt|dd|nav|main|section|table|caption|thead|tbody|tr|th|td|pre|figure|figcaption|svg|path|line|text|circle|rect)(?: (?:lang|charset|http-equiv|content|name|rel|href|class|id|role|tabindex|aria-label|aria-labelledby|scope|data-head|viewBox|preserveAspectRatio|aria-hidden|width|height|d|x|y|x1|x2|y1|y2|cx|cy|r|text-anchor)="[^"<>]*")*\/?>$/;

  it.each(Object.entries(SAMPLES))('leaves only our own tags and attributes in %s', (_, run) => {
    const html = renderHtml(run).replace('<!doctype html>', '').replace(SCRIPT.html, '');
    const tags = html.match(/<[^>]*>/g) ?? [];
    expect(tags.filter((tag) => !TAG.test(tag))).toEqual([]);
    expect(tags.length).toBeGreaterThan(100);
  });

  it('is shown as text, without control characters', () => {
    const html = renderHtml(hostile);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looks for control characters
    expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
  });
});

describe('the file', () => {
  it.each(Object.entries(SAMPLES))('refers to nothing outside itself: %s', (_, run) => {
    const html = renderHtml(run);
    expect(html.split(SCRIPT.html)).toHaveLength(2);
    expect(html.replace(SCRIPT.html, '')).not.toMatch(
      /\ssrc=(?!x onerror)|<(?:script|iframe|object|img|base)\b/,
    );
    const links = [...html.matchAll(/\shref="([^"]*)"/g)].map(([, href = '']) => href);
    expect(links.filter((href) => !/^(?:#[\w-]+|data:,)$/.test(href))).toEqual([]);
    const sheet = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
    expect(sheet.length).toBeGreaterThan(1_000);
    expect(sheet).not.toMatch(/url\(|@import|\/\//);
    expect(html).toContain("default-src 'none'".replaceAll("'", '&#39;'));
    expect(html).toContain(`script-src '${SCRIPT_HASH}'`.replaceAll("'", '&#39;'));
    expect(html).not.toContain('unsafe-eval');
  });

  it('is the same for the same run', () => expect(renderHtml(failing)).toBe(renderHtml(failing)));
});

it('is less than 2 MB for ten million requests in 22 scenarios, each of two hours', () => {
  const [load] = passing.load;
  if (!load) throw new Error('the passing sample has load');
  const long = { ...load, requests: 455_000, series: series(7_200, 63, 400) };
  const run = {
    ...passing,
    load: Array.from({ length: 22 }, (_, i) => ({ ...long, scenario: `s${i}` })),
  };
  expect(Buffer.byteLength(renderHtml(run))).toBeLessThan(2_000_000);
});

describe('the invariants', () => {
  const cells = (run: Run, name: string): (string | undefined)[] => {
    const row = new RegExp(`<th scope="row">${name}</th>.*?</tr>`, 's').exec(renderHtml(run))?.[0];
    return [...(row ?? '').matchAll(/class="unseen">(.*?)</g)].map(([, said]) => said);
  };

  it('are one matrix: holds, violated, not asked', () => {
    expect(cells(failing, 'one-contact-per-item')).toEqual(['holds', 'violated']);
    expect(cells(failing, 'nothing-lost')).toEqual(['holds', 'not asked']);
    expect(renderHtml(failing).match(/class="matrix"/g)).toHaveLength(1);
  });

  it('say once that some are not decidable, on the first screen, and fold the reasons', () => {
    const [, replays] = failing.load;
    if (!replays) throw new Error('the failing sample has two scenarios');
    const html = renderHtml({ ...failing, load: [replays, { ...replays, scenario: 'again' }] });
    expect(html.match(/not decidable/g)).toHaveLength(1);
    const [shown = '', folded = ''] = html.split('<summary>Statements, counts');
    expect(shown).not.toContain('no ledger that can be read');
    expect(folded).toContain('replays, again: the target has no ledger that can be read');
  });

  it('have a finding for each that is violated, whatever the number of its scenarios', () => {
    const [, replays] = failing.load;
    if (!replays) throw new Error('the failing sample has two scenarios');
    const run = { ...failing, load: [replays, { ...replays, scenario: 'again' }] };
    const shown = section(run, 'invariants');
    expect(shown.match(/class="finding fail"/g)).toHaveLength(2);
    expect(shown).toContain('and in 1 more scenario');
  });
});

it('has the numbers and codes of campaigns alone, where there is nothing else', () => {
  const html = renderHtml({ ...passing, contracts: [], load: [] });
  const [, glance = ''] = html.split('class="glance"');
  expect(glance.split('</dl>')[0]).toMatch(
    /Dial requests<.*>300<.*Dialled<.*>243<.*18 not dialled/s,
  );
  expect(html).toContain('Failure codes of PutDialRequestBatch');
});

describe('contracts', () => {
  it('name the operations of each, and the codes of those that take dial requests', () => {
    const [contract] = passing.contracts;
    if (!contract) throw new Error('the passing sample has contracts');
    const pins = { ...contract.interactions[0], pins: 'BufferLimitExceeded', provider: 'fail' };
    const v2 = { ...contract, name: 'ConnectCampaignsV2', interactions: [pins] } as typeof contract;
    const html = renderHtml({ ...passing, contracts: [contract, v2] });
    expect(html).toMatch(/PutOutboundRequestBatch, .* and \d+ more/);
    const [, codes = ''] = html.split('Failure codes of PutOutboundRequestBatch');
    expect(codes).toMatch(/class="fail"><th[^>]*><code class="name">Buffer<wbr>Limit<wbr>Exceeded/);
    expect(codes).toMatch(/Invalid<wbr>Input<.*?data-head="Answered"><span>7</s);
  });
});

describe('pictures', () => {
  const load = passing.load[0];
  if (!load) throw new Error('the passing sample has load');
  const drawn = (changes: Partial<typeof load>): string =>
    renderHtml({ ...passing, load: [{ ...load, ...changes }] });

  it('show the course of a run, and what it aimed at', () => {
    const html = drawn({});
    expect(html).toContain('The target was between 200 and 200 iterations a second.');
    for (const title of ['Requests a second', 'Response time', 'Virtual users', 'Failure codes']) {
      expect(html).toMatch(new RegExp(`aria-label="${title}\\.`));
    }
    expect(drawn({ series: series(60, 200, 31) })).toMatch(
      /aria-label="Refused or without an answer\. TooManyRequestsException: 45, no answer: 15\."/,
    );
  });

  it('show a run of two seconds as a distribution alone', () => {
    const html = drawn({ series: series(2, 200) });
    expect(html).toContain('aria-label="Response times of all requests. Median 3.14 ms');
    expect(html).not.toContain('aria-label="Requests a second');
  });

  it('show the rates of a search, and whether each held', () => {
    const why = { kind: 'users busy', batches: 3 } as const;
    const html = drawn({
      findings: [
        { kind: 'step', rate: 100, why: null },
        { kind: 'step', rate: 200, why },
      ],
    });
    expect(html).toContain(
      '2 rates were tried: 100 held, 200 did not. The highest that held is 100',
    );
    expect(html).not.toContain('undefined');
    expect(drawn({})).not.toContain('rates were tried');
  });

  it('of an older run need none of the new members', () => {
    const old = load.series.map((point) => ({
      ...point,
      p95: null,
      vus: null,
      failed: {},
      codes: {},
    }));
    const html = drawn({ series: old, histogram: [], aim: null });
    expect(html).toContain('aria-label="Requests a second');
    expect(html).not.toContain('aria-label="Virtual users');
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('the palette', () => {
  it.each([
    ['light', LIGHT],
    ['dark', DARK],
  ])('keeps a contrast of 4.5 in %s', (_, palette) => {
    const words: (keyof Palette)[] = ['ink', 'quiet', 'accent', 'pass', 'fail', 'open'];
    for (const word of words) {
      for (const ground of ['ground', 'raised'] as const) {
        expect(contrast(palette[word], palette[ground])).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it('is judged by a measure that can fail', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#ffffff')).toBeLessThan(4.5);
  });
});

/** WCAG 2 contrast ratio of two #rrggbb colours. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
