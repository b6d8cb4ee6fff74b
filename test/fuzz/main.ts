/** npm run fuzz [-- --requests N --seed N --case N]: attacks an emulator of its own. */

import '../../cli/terminal/node-version.ts';
import { parseArgs } from 'node:util';
import { UserError } from '../../system/errors.ts';
import { attackEmulator } from './attack.ts';

const DEFAULTS = { requests: '100000', seed: '1' };

async function main(): Promise<void> {
  const values = readOptions();
  const seed = wholeNumber('seed', values.seed ?? DEFAULTS.seed, 0);
  const from = wholeNumber('case', values.case ?? '0', 0);
  const asked = wholeNumber('requests', values.requests ?? DEFAULTS.requests, 1);
  const requests = values.case === undefined ? asked : 1;
  const onProgress = (done: number) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${requests} requests`);
  };
  const started = Date.now();
  const report = await attackEmulator({ seed, requests, from, onProgress });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
  const { findings, faults, bytesEarly, bytesLate } = report;
  for (const { case: number, what, sent } of findings) {
    process.stdout.write(
      `FOUND ${what}\n  replay: npm run fuzz -- --seed ${seed} --case ${number}\n  sent: ${sent.slice(0, 2_000)}\n`,
    );
  }
  for (const fault of faults) process.stdout.write(`FAULT ${fault}\n`);
  process.stdout.write(
    `${report.requests} requests on ${report.connections} connections in ${Math.round((Date.now() - started) / 1000)} s, seed ${seed}: ` +
      `${findings.length + faults.length} findings; memory ${mebibytes(bytesEarly)} after a fifth, ${mebibytes(bytesLate)} at the end; ` +
      `answers ${JSON.stringify(report.statuses)}\n`,
  );
  process.exitCode = findings.length + faults.length > 0 ? 1 : 0;
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        requests: { type: 'string' },
        seed: { type: 'string' },
        case: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UserError((error as Error).message.split('\n')[0]);
  }
}

function wholeNumber(name: string, text: string, min: number): number {
  if (/^\d{1,15}$/.test(text) && Number(text) >= min) return Number(text);
  throw new UserError(`--${name} takes a whole number from ${min}, not '${text}'`);
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

main().catch((error: unknown) => {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`fuzz: ${error.message}\n`);
  process.exitCode = 2;
});
