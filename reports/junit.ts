/**
 * A run as JUnit XML, in the form that all readers of it share.
 *
 * There is a failure only where the run fails. Its type is the id of its cause. GitLab shows the text of an element,
 * and of cases with one class and name it reads only the first. Jenkins shows messages. So each element has both, and
 * names are unique. A case has a time only where it was measured alone; otherwise its time is 0.
 */

import { noBugs, type Run } from '../run/run.ts';
import { isPlainRun } from './content/coverage.ts';
import { type Case, type Outcome, type Suite, suitesOf } from './content/suites.ts';
import { type Markup, markup } from './html/markup.ts';

export function renderJunit(run: Run): string {
  const suites = suitesOf(run);
  const cases = suites.flatMap((suite) => suite.cases);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${
    markup`<testsuites name="dialproof"${totals(cases)} time="${seconds(run.durationMs)}">
${suites.map((suite, i) => renderSuite(suite, i === 0 ? run : null))}</testsuites>
`.html
  }`;
}

function renderSuite({ name, startedAt, durationMs, cases }: Suite, run: Run | null): Markup {
  return markup`<testsuite name="${name}"${totals(cases)} time="${seconds(durationMs)}" timestamp="${startedAt.slice(0, 19)}">
${run && properties(run)}${cases.map((one) => renderCase(name, one))}</testsuite>
`;
}

type Property = readonly [name: string, value: string];

function properties(run: Run): Markup {
  const { id, seed, versions } = run;
  const pairs: readonly Property[] = [
    ['run', id],
    ['seed', String(seed)],
    ...(isPlainRun(run) ? [] : targetProperties(run)),
    ...Object.entries(versions).map(([name, value]): Property => [`version ${name}`, value]),
  ];
  return markup`<properties>
${pairs.map(([name, value]) => markup`<property name="${name}" value="${value}"/>\n`)}</properties>
`;
}

function targetProperties({ target }: Run): readonly Property[] {
  return [
    ['target', `${target.kind} ${target.url}`],
    ['profile', target.profile],
    ['seeded bugs', target.bugs.join(', ') || noBugs(target)],
    ...Object.entries(target.choices).map(([name, value]): Property => [`option ${name}`, value]),
  ];
}

function renderCase(suite: string, one: Case): Markup {
  const { name, outcome, message, evidence, cause, durationMs } = one;
  const time = seconds(durationMs ?? 0);
  const open = markup`<testcase classname="dialproof.${suite}" name="${name}" time="${time}"`;
  const text = evidence && evidence.length > 0 ? evidence.join('\n') : message;
  switch (outcome) {
    case 'passed':
      return markup`${open}/>\n`;
    case 'skipped':
      return markup`${open}><skipped message="${message}">${text}</skipped></testcase>\n`;
    case 'failure':
      return markup`${open}><failure message="${message}" type="${cause ?? outcome}">${text}</failure></testcase>\n`;
    case 'error':
      return markup`${open}><error message="${message}" type="${cause ?? outcome}">${text}</error></testcase>\n`;
  }
}

function totals(cases: readonly Case[]): Markup {
  const of = (outcome: Outcome): number => cases.filter((one) => one.outcome === outcome).length;
  return markup` tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}
