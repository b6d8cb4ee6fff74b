/** What is wrong with a call or a dial request by itself. */

import type { FeederCall } from '../operation/campaigns/feeder-call.ts';
import { LIMITS } from '../operation/campaigns/limits.ts';
import type { Findings } from './findings.ts';
import type { Sending, Sendings } from './sendings.ts';

const MAX_ITEMS = 25;
const MAX_TOKEN = 200;

/** @returns the calls with which something is wrong. */
export function judgeForm({ calls, all }: Sendings, findings: Findings): ReadonlySet<FeederCall> {
  const wrong = new Set<FeederCall>();
  const noting: Pick<Findings, 'add'> = {
    add(kind, where, ...rest) {
      wrong.add(where.call);
      findings.add(kind, where, ...rest);
    },
  };
  for (const call of calls) judgeCall(call, noting);
  for (const sending of all) judgeItem(sending, noting);
  return wrong;
}

function judgeCall(call: FeederCall, findings: Pick<Findings, 'add'>): void {
  const { operation, list, items, campaignVersion, path } = call;
  if (operation === null) {
    findings.add('no such operation', { call }, { sure: 'certain', path });
    return;
  }
  const version = versionOf(call);
  if (campaignVersion !== null && campaignVersion !== version) {
    const one = { sure: 'certain', operation, version: campaignVersion } as const;
    findings.add('wrong version', { call }, one);
  }
  if (list !== null && list !== (version === 1 ? 'dialRequests' : 'outboundRequests')) {
    findings.add('list of the other version', { call }, { sure: 'certain', operation, list });
  }
  if (items.length > MAX_ITEMS) {
    const one = { sure: 'certain', items: items.length } as const;
    findings.add('too many items', { call }, one, (a, b) => a.items > b.items);
  }
}

function judgeItem(sending: Sending, findings: Pick<Findings, 'add'>): void {
  const { item } = sending;
  if (item.tokenLength === 0) findings.add('empty token', sending, { sure: 'certain' });
  if (item.tokenLength > MAX_TOKEN) {
    const one = { sure: 'certain', length: item.tokenLength } as const;
    findings.add('token too long', sending, one, (a, b) => a.length > b.length);
  }
  if (item.isE164 === false) {
    const one = { sure: 'certain', phoneNumber: item.phoneNumber } as const;
    findings.add('number not E.164', sending, one);
  }
  // A known token is answered whatever its expirationTime is: a repeat may be late.
  if (item.expiresIn !== null && !item.repeated) judgeExpiry(sending, item.expiresIn, findings);
}

function judgeExpiry(
  { call, item }: Sending,
  seconds: number,
  findings: Pick<Findings, 'add'>,
): void {
  const { min, max } = LIMITS.expirySeconds;
  const sending = { call, item };
  const version = versionOf(call);
  // The bounds are published for version 1 only.
  const sure = version === 1 ? 'certain' : 'likely';
  // A version 2 endpoint without the bounds has accepted it.
  if (version === 2 && item.dialRequestId !== null) return;
  if (seconds > max) {
    const one = { sure, seconds, version } as const;
    findings.add('expires too late', sending, one, (a, b) => a.seconds > b.seconds);
  } else if (seconds < min && call.status === 200) {
    const one = { sure, seconds, version } as const;
    findings.add('expires too early', sending, one, (a, b) => a.seconds < b.seconds);
  }
}

function versionOf({ operation }: FeederCall): 1 | 2 {
  return operation === 'PutDialRequestBatch' ? 1 : 2;
}
