/** Sends a batch once, counts what came back, and writes the attempt into the history. */

import crypto from 'k6/crypto';
import http, { type RefinedResponse } from 'k6/http';
import { OPERATION, pathOf } from '../../operation/address.ts';
import { type Outcome, outcomeOf } from '../../operation/outcome.ts';
import type { BatchPutContactResponse } from '../../operation/shapes.ts';
import { answerDigest, historyLine } from '../history-line.ts';
import type { StampedBatch } from './corpus.ts';
import type { Target } from './env.ts';
import { countOutcome } from './measure.ts';
import { signer } from './sign.ts';

export interface Answer {
  readonly status: number;
  /** Null unless the answer is a 200 whose body can be read. */
  readonly outcome: Outcome | null;
  readonly digest: string;
}

export interface Sender {
  /** Sends and waits for the answer. */
  send(batch: StampedBatch, index: number, attempt: number): Promise<Answer>;
  /** Sends `copies` at the same time, numbered from `attempt`. */
  sendAtOnce(
    batch: StampedBatch,
    index: number,
    attempt: number,
    copies: number,
  ): Promise<Answer[]>;
}

type TextResponse = RefinedResponse<'text'>;

export function senderTo(target: Target): Sender {
  const path = pathOf(target.instanceId);
  const url = target.url + path;
  const sign = signer(target, path);
  const params = (body: ArrayBuffer) => ({
    headers: sign(body),
    tags: { name: OPERATION.name },
    responseType: 'text' as const,
  });
  return {
    async send(batch, index, attempt) {
      const startMs = Date.now();
      const response = await http.put(url, batch.body, params(batch.body));
      return conclude(batch, index, attempt, startMs, response);
    },
    async sendAtOnce(batch, index, attempt, copies) {
      const sent: Promise<Answer>[] = [];
      for (let copy = 0; copy < copies; copy += 1) {
        const startMs = Date.now();
        sent.push(
          http
            .asyncRequest('PUT', url, batch.body, params(batch.body))
            .then((response) => conclude(batch, index, attempt + copy, startMs, response)),
        );
      }
      return Promise.all(sent);
    },
  };
}

function conclude(
  batch: StampedBatch,
  index: number,
  attempt: number,
  startMs: number,
  response: TextResponse,
): Answer {
  const outcome = readOutcome(batch, response);
  const digest = outcome ? answerDigest(crypto.sha256(outcome.answer, 'hex') as string) : '-';
  if (outcome) countOutcome(outcome.letters, batch.predicted);
  console.log(
    historyLine({
      index,
      record: batch.record,
      token: batch.token,
      attempt,
      startMs,
      durationMs: response.timings.duration,
      status: response.status,
      error: errorOf(response),
      letters: outcome?.letters ?? '-',
      digest,
    }),
  );
  return { status: response.status, outcome, digest };
}

/** Null where the answer is not a 200 or its body is not the modelled JSON: the caller's check fails. */
function readOutcome(batch: StampedBatch, response: TextResponse): Outcome | null {
  if (response.status !== 200) return null;
  let body: unknown;
  try {
    body = response.json();
  } catch {
    return null;
  }
  if (typeof body !== 'object' || body === null) return null;
  return outcomeOf(batch.identifiers, body as BatchPutContactResponse);
}

function errorOf(response: TextResponse): string {
  if (response.status === 200) return '-';
  if (response.status === 0) return String(response.error_code);
  const type = response.headers['X-Amzn-Errortype'] ?? '';
  return type.split(':')[0] || 'unnamed';
}
