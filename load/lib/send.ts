/** Sends a batch once, counts what came back, and writes the attempt into the history. */

import crypto from 'k6/crypto';
import exec from 'k6/execution';
import http, { type RefinedResponse } from 'k6/http';
import { OPERATION, pathOf } from '../../operation/connect/address.ts';
import { type ItemOutcomes, outcomeOf } from '../../operation/connect/batch-put-contact/outcome.ts';
import type { BatchPutContactResponse } from '../../operation/connect/batch-put-contact/shapes.ts';
import type { StampedBatch } from './corpus.ts';
import type { Destination } from './env.ts';
import { answerDigest, contactDigest, historyLine, placeLetters } from './history-line.ts';
import { countOutcome } from './measure.ts';
import { signer } from './sign.ts';

export interface Answer {
  readonly status: number;
  /** Error name of a refusal, error number where no answer came, `-` for none. */
  readonly error: string;
  /** Null unless the answer is a 200 whose body can be read. */
  readonly outcome: ItemOutcomes | null;
  /** Whether every item got its predicted answer. */
  readonly asPredicted: boolean;
  readonly digest: string;
}

/** How the answers to items are compared with their prediction. */
export type Prediction = (letters: string, predicted: string) => boolean;

const exactly: Prediction = (letters, predicted) => letters === predicted;

export interface Sender {
  /**
   * Sends and waits for the answer.
   *
   * @param attempt 1 for the first time that the token is sent, 2 for the second …
   * @param timeoutMs milliseconds after which the call is given up with status 0.
   */
  send(batch: StampedBatch, attempt: number, timeoutMs?: number): Answer;
  /** Sends several at the same time, numbered from `attempt`. k6's batch() sends only six at a time to a host. */
  sendAtOnce(batches: readonly StampedBatch[], attempt: number): Promise<Answer[]>;
}

/** k6's own default. */
const TIMEOUT_MS = 60_000;

/** Number of the last send or answer of this virtual user. Each virtual user has this module for itself. */
let events = 0;

/** When an attempt was asked for. */
interface Begun {
  readonly askedMs: number;
  readonly sent: number;
}

function begin(): Begun {
  events += 1;
  return { askedMs: Date.now(), sent: events };
}

export type TextResponse = RefinedResponse<'text'>;

export function senderTo(destination: Destination, predicts: Prediction = exactly): Sender {
  const path = pathOf(destination.instanceId);
  const url = destination.url + path;
  const sign = signer(destination, path);
  const params = (body: ArrayBuffer, timeoutMs: number) => ({
    headers: sign(body),
    tags: { name: OPERATION.name },
    responseType: 'text' as const,
    timeout: timeoutMs,
  });
  return {
    send(batch, attempt, timeoutMs = TIMEOUT_MS) {
      const signed = params(batch.body, timeoutMs);
      const begun = begin();
      const response = http.put(url, batch.body, signed);
      return conclude(batch, attempt, begun, response, predicts);
    },
    async sendAtOnce(batches, attempt) {
      const sent = batches.map((batch, i) => {
        const signed = params(batch.body, TIMEOUT_MS);
        const begun = begin();
        return http
          .asyncRequest('PUT', url, batch.body, signed)
          .then((response) => conclude(batch, attempt + i, begun, response, predicts));
      });
      return Promise.all(sent);
    },
  };
}

function conclude(
  batch: StampedBatch,
  attempt: number,
  { askedMs, sent }: Begun,
  response: TextResponse,
  predicts: Prediction,
): Answer {
  events += 1;
  const answered = events;
  const endMs = Date.now();
  const { status } = response;
  const error = errorOf(response);
  const outcome = readOutcome(batch, response);
  const digest = outcome ? answerDigest(crypto.sha256(outcome.answer, 'hex') as string) : '-';
  const asPredicted = outcome !== null && predicts(outcome.letters, batch.predicted);
  if (outcome) countOutcome(outcome.letters, asPredicted);
  console.log(
    historyLine({
      index: batch.index,
      record: batch.record,
      token: batch.token,
      attempt,
      startMs: askedMs + waitMs(response),
      durationMs: response.timings.duration,
      status,
      error,
      letters: outcome?.letters ?? '-',
      digest,
      places: batch.places ? placeLetters(batch.places) : '-',
      seen: {
        endMs,
        vu: exec.vu.idInTest,
        sent,
        answered,
        contacts: outcome?.contacts.map(digestOf).join('') || '-',
      },
    }),
  );
  return { status, error, outcome, asPredicted, digest };
}

/** Whole milliseconds for which a request waited for a connection before it was sent. */
export function waitMs({ timings }: TextResponse): number {
  const { blocked, connecting, tls_handshaking } = timings;
  return Math.floor(blocked + connecting + tls_handshaking);
}

function digestOf(contactId: string): string {
  return contactDigest(crypto.sha256(contactId, 'base64rawurl') as string);
}

/** Null where the answer is not a 200 or its body is not the modelled JSON: the caller's check fails. */
function readOutcome(batch: StampedBatch, response: TextResponse): ItemOutcomes | null {
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

/** Name of the error of a refusal, error number of a request without an answer, `-` for a success. */
export function errorOf(response: TextResponse): string {
  if (response.status === 200) return '-';
  if (response.status === 0) return String(response.error_code);
  const type = response.headers['X-Amzn-Errortype'] ?? '';
  // A tab would end the field of the history line.
  return type.split(':')[0]?.replace(/\s+/g, ' ') || 'unnamed';
}
