/** Peak memory of the audit: ten times the operations must not take ten times as much. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { NODE_ARGS } from '../system/package.ts';
import type { AuditFigures } from './audit-child.ts';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 3;
const FEW = 100_000;
const MANY = 1_000_000;
/** Without a limit V8 lets the heap grow beyond what is needed before it collects. */
const HEAP_MEGABYTES = 256;

export async function benchAudit(): Promise<BenchResult> {
  const few: AuditFigures[] = [];
  const many: AuditFigures[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    few.push(await audited(FEW));
    many.push(await audited(MANY));
  }
  const rows = [row(FEW, few), row(MANY, many)] as const;
  return {
    name: `audit in a heap of ${HEAP_MEGABYTES} MB`,
    unit: 'MB peak RSS',
    rows,
    ratios: [
      {
        label: `${MANY} operations / ${FEW}`,
        value: rows[1].median / rows[0].median,
        aim: '<= 2',
      },
    ],
  };
}

function row(operations: number, figures: readonly AuditFigures[]) {
  const all = figures.map(({ peakMegabytes }) => peakMegabytes);
  const each = median(figures.map(({ microsecondsEach }) => microsecondsEach));
  return {
    label: `${operations} operations, ${each.toFixed(1)} µs each`,
    median: median(all),
    all,
  };
}

async function audited(operations: number): Promise<AuditFigures> {
  const child = fork(join(__dirname, 'audit-child.ts'), [String(operations)], {
    // Its own loader flags: inherited ones could make the child run this file again, without end.
    execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`, ...NODE_ARGS],
  });
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`the audit ended with code ${code} and no figures`);
  });
  const [figures] = (await Promise.race([once(child, 'message'), exited])) as [AuditFigures];
  exited.catch(() => {});
  child.disconnect();
  return figures;
}
