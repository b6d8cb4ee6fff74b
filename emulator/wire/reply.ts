/** Answers as they go on the wire: status, headers, body. */

import type { ItemOutcome } from '../../campaigns/calls/occasion.ts';
import type { FrontDoorChoices } from '../../operation/aws/definition/choices.ts';
import type { Arrival } from '../../operation/aws/definition/known.ts';
import type { OperationModel } from '../../operation/aws/definition/model.ts';
import { errorBody } from '../../operation/aws/definition/operation.ts';
import type { Refusal } from '../../operation/aws/definition/refusals.ts';
import type { ItemResult } from '../stores/store.ts';

export interface WireReply {
  readonly status: number;
  /** Names and values in turn. Content-Length and Date are the server's to add. */
  readonly headers: readonly string[];
  readonly body: string;
  /** Absent: it is sent as it is. */
  readonly wireFault?: WireFault;
  /** What it came of; for those who count and log, never sent. */
  readonly about?: About;
}

/** An exchange that is over, as its observers see it. */
export interface About {
  /** Null if the path belongs to no operation. */
  readonly operation: OperationModel | null;
  /** What was known of the call when it ended. */
  readonly known: Partial<Arrival>;
  /** Of an admitted batch. */
  readonly results?: readonly ItemResult[];
  readonly replayed?: boolean;
  /** Of an admitted batch of dial requests. */
  readonly dials?: readonly ItemOutcome[];
}

/** How a connection ends without a reply: with a FIN or a RST. */
export type Drop = 'close' | 'reset';

/** What goes wrong on the way, where a fault is to be. */
export interface WireFault {
  /** Nothing is sent. */
  readonly drop?: Drop;
  /** The connection is closed after so many bytes of the body. */
  readonly cutAfterBytes?: number;
  readonly bytesPerSecond?: number;
  /** By how much the Date header is off. */
  readonly dateOffMilliseconds?: number;
}

const JSON_TYPE = ['Content-Type', 'application/json'] as const;

export function successReply(requestId: string, status: number, body: string): WireReply {
  return { status, headers: [...JSON_TYPE, 'x-amzn-RequestId', requestId], body };
}

export function refusalReply(
  requestId: string,
  operation: OperationModel | null,
  refusal: Refusal,
  { retryAfterSeconds }: FrontDoorChoices,
): WireReply {
  const { name, status } = refusal;
  const reply = errorReply(requestId, status, name, errorBody(operation, refusal));
  if (status !== 429 || retryAfterSeconds === 0) return reply;
  return { ...reply, headers: [...reply.headers, 'Retry-After', `${retryAfterSeconds}`] };
}

/** An error outside the operation's table: a front door's, or this program's own. */
export function frontDoorReply(
  requestId: string,
  status: number,
  name: string,
  message: string,
): WireReply {
  return errorReply(requestId, status, name, JSON.stringify({ message }));
}

function errorReply(requestId: string, status: number, name: string, body: string): WireReply {
  const headers = [...JSON_TYPE, 'x-amzn-RequestId', requestId, 'x-amzn-errortype', name];
  return { status, headers, body };
}

/** Stands for no reply at all. */
export function droppedReply(drop: Drop): WireReply {
  return { status: 0, headers: [], body: '', wireFault: { drop } };
}

/** The value of a reply's header, or null if it has no such header. @param name in the case in which it is written. */
export function headerOf({ headers }: WireReply, name: string): string | null {
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (headers[i] === name) return headers[i + 1] ?? null;
  }
  return null;
}
