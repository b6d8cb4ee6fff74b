/** A run as a report in the Common Test Report Format (ctrf.io, version 0.0.0 of its schema). */

import type { Run } from '../run/run.ts';
import { standing } from '../run/verdict.ts';
import { DIALPROOF_VERSION } from '../system/package.ts';
import { visible } from '../system/visible.ts';
import { type Case, type Outcome, type Suite, suitesOf } from './content/suites.ts';

type Status = 'passed' | 'failed' | 'skipped';

/** CTRF has no word for an error: what did not run is no success. */
const STATUSES: Readonly<Record<Outcome, Status>> = {
  passed: 'passed',
  failure: 'failed',
  error: 'failed',
  skipped: 'skipped',
};

export function renderCtrf(run: Run): string {
  const tests = suitesOf(run).flatMap((suite) => suite.cases.map((one) => testOf(suite, one)));
  const n = (status: Status): number => tests.filter((one) => one.status === status).length;
  // A file of somebody else's can have any text there.
  const parsed = Date.parse(run.startedAt);
  const start = Number.isNaN(parsed) ? 0 : parsed;
  const { origin } = run;
  return `${JSON.stringify(
    {
      reportFormat: 'CTRF',
      specVersion: '0.0.0',
      timestamp: new Date(start).toISOString(),
      generatedBy: `dialproof ${DIALPROOF_VERSION}`,
      results: {
        tool: { name: 'dialproof', version: run.versions.dialproof ?? DIALPROOF_VERSION },
        summary: {
          tests: tests.length,
          passed: n('passed'),
          failed: n('failed'),
          skipped: n('skipped'),
          pending: 0,
          other: 0,
          start,
          stop: start + Math.round(run.durationMs),
        },
        tests,
        environment: {
          ...(origin?.commit ? { commit: origin.commit } : {}),
          ...(origin?.branch ? { branchName: origin.branch } : {}),
          ...(origin?.buildUrl ? { buildUrl: origin.buildUrl } : {}),
          ...(origin ? { osPlatform: origin.host.system } : {}),
          extra: { runId: run.id, seed: run.seed, verdict: standing(run).verdict },
        },
      },
    },
    null,
    2,
  )}\n`;
}

function testOf(suite: Suite, one: Case) {
  const { name, outcome, message, evidence, cause, durationMs } = one;
  const status = STATUSES[outcome];
  return {
    // Some readers show names without their suites.
    name: visible(`${suite.name} › ${name}`),
    status,
    duration: Math.round(durationMs ?? 0),
    suite: [visible(suite.name)],
    ...(status === 'passed' ? {} : { message: visible(message) }),
    ...(status === 'failed' && evidence && evidence.length > 0
      ? { trace: visible(evidence.join('\n')) }
      : {}),
    ...(cause ? { extra: { cause } } : {}),
  };
}
