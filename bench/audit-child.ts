/** Audits a generated run of N operations in a separate process, and reports its time and peak memory. */

import { hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { predictionsOf } from '../generators/corpus.ts';
import { audit } from '../load/audit/audit.ts';
import type { LedgerRow } from '../load/endpoint/ledger.ts';
import { readHistory } from '../load/history/history.ts';
import { answerDigest, contactDigest, historyLine } from '../load/lib/history-line.ts';
import { identifierOf, stampOf } from '../operation/corpus/stamp.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../system/temporary-folder.ts';

const RUN = 'benchrun';
const CONTACTS = 2;
const LETTERS = '.'.repeat(CONTACTS);

export interface AuditFigures {
  readonly microsecondsEach: number;
  readonly peakMegabytes: number;
}

async function main(operations: number): Promise<void> {
  const dir = makeTemporaryFolder('bench');
  try {
    const history = join(dir, 'history.tsv');
    await pipeline(Readable.from(historyChunks(operations)), createWriteStream(history));
    const start = process.hrtime.bigint();
    const result = await audit({
      history: readHistory(history),
      historyBytes: (await stat(history)).size,
      predictions: predictionsOf(Buffer.from(LETTERS), CONTACTS),
      ledger: ledger(operations),
      quota: null,
      cut: false,
    });
    const nanoseconds = Number(process.hrtime.bigint() - start);
    if (result.verdict !== 'pass' || result.attempts !== operations) {
      throw new Error(`the audit says ${JSON.stringify(result)}`);
    }
    const figures: AuditFigures = {
      microsecondsEach: nanoseconds / 1_000 / operations,
      peakMegabytes: process.resourceUsage().maxRSS / 1_024,
    };
    if (process.send) process.send(figures);
    else process.stdout.write(`${JSON.stringify(figures)}\n`);
  } finally {
    removeTemporaryFolder(dir);
  }
}

function* historyChunks(operations: number): Generator<string> {
  let chunk = '';
  for (let index = 0; index < operations; index += 1) {
    chunk += `${line(index)}\n`;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

function line(index: number): string {
  const contacts = Array.from({ length: CONTACTS }, (_, slot) => contactId(index, slot));
  const startMs = 1_790_000_000_000 + index;
  return historyLine({
    index,
    record: 0,
    token: stampOf(RUN, index),
    attempt: 1,
    startMs,
    durationMs: 2.5,
    status: 200,
    error: '-',
    letters: LETTERS,
    digest: answerDigest(hash('sha256', contacts.join(' '))),
    places: '-',
    seen: {
      endMs: startMs + 3,
      vu: 1,
      sent: 2 * index + 1,
      answered: 2 * index + 2,
      contacts: contacts.map((id) => contactDigest(hash('sha256', id, 'base64url'))).join(''),
    },
  });
}

/** Made up row by row: a file of it would be the larger part of the bench. */
async function* ledger(operations: number): AsyncGenerator<LedgerRow> {
  for (let index = 0; index < operations; index += 1) {
    const clientToken = stampOf(RUN, index);
    const items = Array.from({ length: CONTACTS }, (_, slot) => ({
      requestIdentifier: identifierOf(clientToken, slot),
      contactId: contactId(index, slot),
    }));
    yield { type: 'token', clientToken, items };
    for (const item of items) yield { type: 'contact', clientToken, ...item };
  }
}

function contactId(index: number, slot: number): string {
  return `00000000-0000-4000-8000-${String(index * CONTACTS + slot).padStart(12, '0')}`;
}

void main(Number(process.argv[2]));
