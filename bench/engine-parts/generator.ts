/** Runs the engine or autocannon in a separate process that reports its CPU time on request. */

import { join } from 'node:path';
import { runK6Script } from '../../load/engine/engine.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { BODY_BYTES } from './job.ts';

async function engine(script: string, url: string, seconds: string, vus: string): Promise<void> {
  const folder = makeTemporaryFolder('bench');
  try {
    const result = await runK6Script({
      script: join(__dirname, `${script}.ts`),
      env: { URL: url, SECONDS: seconds, VUS: vus, BODY_BYTES: String(BODY_BYTES) },
      consoleOutput: join(folder, 'history.tsv'),
    });
    if (result.exitCode !== 0) throw new Error(JSON.stringify(result.scriptErrors));
  } finally {
    removeTemporaryFolder(folder);
  }
}

async function autocannon(url: string, seconds: string): Promise<void> {
  // It has no types.
  const run = require('autocannon') as (options: object) => Promise<{ non2xx: number }>;
  const { non2xx } = await run({
    url,
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: Buffer.alloc(BODY_BYTES, 'x'),
    connections: 20,
    duration: Number(seconds),
  });
  if (non2xx > 0) throw new Error(`${non2xx} answers were not 2xx`);
}

/** Bytes that the process holds, and those of them that are in use once the collector has run. */
function memory() {
  const resident = process.memoryUsage.rss();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { resident, live: heapUsed + arrayBuffers };
}

async function main([kind = '', url = '', seconds = '', vus = '20']: string[]): Promise<void> {
  process.on('message', (asked) => {
    const { user, system } = process.cpuUsage();
    process.send?.(asked === 'memory' ? memory() : { microseconds: user + system });
  });
  await (kind === 'autocannon' ? autocannon(url, seconds) : engine(kind, url, seconds, vus));
  process.disconnect?.();
}

void main(process.argv.slice(2));
