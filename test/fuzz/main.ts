/** npm run fuzz [-- --requests N --seed N --case N]: attacks an emulator of its own. */

import '../../cli/node-version.ts';
import { parseArgs } from 'node:util';
import { attackEmulator, GROWTH_BYTES } from './attack.ts';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      case: { type: 'string' },
    },
  });
  const [requests, seed, from] = [values.requests, values.seed, values.case ?? '0'].map(Number);
  if (
    !Number.isSafeInteger(requests) ||
    !Number.isSafeInteger(seed) ||
    !Number.isSafeInteger(from)
  ) {
    process.stderr.write('fuzz: --requests, --seed and --case take whole numbers\n');
    process.exitCode = 2;
    return;
  }
  const count = values.case === undefined ? (requests as number) : 1;
  const progress = (done: number) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${count} requests`);
  };
  const started = Date.now();
  const report = await attackEmulator(seed as number, count, from, progress);
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
  const { findings, crash, bytesEarly, bytesLate } = report;
  for (const { case: number, what, sent } of findings) {
    process.stdout.write(
      `FOUND ${what}\n  replay: npm run fuzz -- --seed ${seed} --case ${number}\n  sent: ${sent.slice(0, 2_000)}\n`,
    );
  }
  if (crash) process.stdout.write(`CRASH ${crash}\n`);
  const grown = bytesLate - bytesEarly;
  const leak = grown > GROWTH_BYTES;
  if (leak) process.stdout.write(`LEAK memory grew by ${mebibytes(grown)}\n`);
  process.stdout.write(
    `${report.requests} requests on ${report.connections} connections in ${Math.round((Date.now() - started) / 1000)} s, seed ${seed}: ` +
      `${findings.length} findings; memory ${mebibytes(bytesEarly)} after a fifth, ${mebibytes(bytesLate)} at the end; ` +
      `answers ${JSON.stringify(report.statuses)}\n`,
  );
  process.exitCode = findings.length > 0 || crash || leak ? 1 : 0;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

void main();
