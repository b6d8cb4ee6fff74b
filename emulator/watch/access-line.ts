/** Makes the access-log line of an exchange. It leaves out body, path and message, and masks phone numbers. */

import { maskNumbers } from '../../system/mask-numbers.ts';
import { headerOf, type WireReply } from '../wire/reply.ts';
import { requestHeader, type WireRequest } from '../wire/request.ts';

/** What a caller can say at most and have logged. */
const MAX_TEXT = 500;

const ACCESS_KEY_ID = /Credential=([^/,\s]{1,200})\//;

/**
 * @param at epoch milliseconds of the reply.
 * @param milliseconds from the request read whole to its reply made.
 * @returns JSON with a line feed.
 */
export function accessLine(
  request: WireRequest,
  reply: WireReply,
  at: number,
  milliseconds: number,
): string {
  const { operation = null, known, results, replayed, dials } = reply.about ?? {};
  const members = known?.body?.ok ? known.body.request : known?.labels;
  const items = operation?.lists && members?.[operation.lists.items];
  const failures: Record<string, number> = {};
  const outcomes = results ?? dials;
  for (const result of outcomes ?? []) {
    if ('code' in result) failures[result.code] = (failures[result.code] ?? 0) + 1;
  }
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  return `${JSON.stringify({
    time: new Date(at).toISOString(),
    requestId: headerOf(reply, 'x-amzn-RequestId'),
    operation: operation?.id ?? null,
    status: reply.status,
    error: headerOf(reply, 'x-amzn-errortype'),
    bytesIn: request.bodyBytes,
    bytesOut: Buffer.byteLength(reply.body),
    milliseconds: Math.round(milliseconds * 1000) / 1000,
    accessKeyId: shown(ACCESS_KEY_ID.exec(requestHeader(request, 'authorization') ?? '')?.[1]),
    principal: known?.signature?.ok ? principalOf(known.signature) : null,
    instance: shown(members?.InstanceId ?? members?.connectInstanceId),
    clientToken: shown(members?.ClientToken),
    items: Array.isArray(items) ? items.length : null,
    successes: outcomes ? outcomes.length - failed : null,
    failures: outcomes ? failures : null,
    replayed: replayed ?? null,
    ...(known?.signature && 'mismatch' in known.signature
      ? { mismatch: known.signature.mismatch }
      : {}),
  })}\n`;
}

function principalOf({ servicePrincipal }: { readonly servicePrincipal: boolean }): string {
  return servicePrincipal ? 'outbound campaigns' : 'account';
}

/** Masked before it is cut: a cut could take from a number what it is known by. */
function shown(text: unknown): string | null {
  return typeof text === 'string' && text !== '' ? maskNumbers(text).slice(0, MAX_TEXT) : null;
}
