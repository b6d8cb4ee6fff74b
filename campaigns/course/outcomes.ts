/**
 * How dials end: one row for each outcome. Shares and numbers are assumed. The names of detection statuses
 * and reasons are those of Connect's contact events.
 */

import { isAskedNumber } from '../../operation/campaigns/asked-numbers.ts';
import { dialled } from '../../operation/campaigns/phone-number.ts';
import type { DetectionStatus } from '../../operation/connect/contact/life.ts';

export type { DetectionStatus };

export interface OutcomeRow {
  readonly share: number;
  /** The last two digits of +1 312 555 01NN, whose dials always end so. */
  readonly number: string;
  /** Null if the call does not get as far as the detection. */
  readonly detection: DetectionStatus | null;
  /** Who answers, or how it becomes clear that nobody does: after the ring time-out, or at once. */
  readonly by: 'human' | 'machine' | 'time-out' | 'signal';
  /** DisconnectReason if nobody answers. */
  readonly reason: string | null;
}

const answered = (
  number: string,
  share: number,
  by: 'human' | 'machine',
  detection: DetectionStatus,
): OutcomeRow => ({ number, share, by, detection, reason: null });

const unanswered = (
  number: string,
  share: number,
  by: 'time-out' | 'signal',
  detection: DetectionStatus | null,
  reason: string,
): OutcomeRow => ({ number, share, by, detection, reason });

export const OUTCOMES: readonly OutcomeRow[] = [
  answered('01', 0.3, 'human', 'HUMAN_ANSWERED'),
  answered('02', 0.2, 'machine', 'VOICEMAIL_BEEP'),
  answered('03', 0.1, 'machine', 'VOICEMAIL_NO_BEEP'),
  unanswered('04', 0.24, 'time-out', 'AMD_UNANSWERED', 'TELECOM_UNANSWERED'),
  unanswered('05', 0.05, 'signal', 'SIT_TONE_BUSY', 'TELECOM_BUSY'),
  unanswered('06', 0.03, 'signal', 'SIT_TONE_INVALID_NUMBER', 'TELECOM_NUMBER_INVALID'),
  unanswered('07', 0.01, 'signal', 'SIT_TONE_DETECTED', 'TELECOM_PROBLEM'),
  answered('08', 0.02, 'human', 'AMD_UNRESOLVED'),
  answered('09', 0.01, 'human', 'AMD_UNRESOLVED_SILENCE'),
  answered('10', 0.005, 'human', 'AMD_ERROR'),
  answered('11', 0.005, 'machine', 'FAX_MACHINE_DETECTED'),
  unanswered('12', 0.01, 'time-out', null, 'TELECOM_TIMEOUT'),
  unanswered('13', 0.01, 'signal', null, 'OUTBOUND_ATTEMPT_FAILED'),
  unanswered('14', 0.005, 'signal', null, 'TELECOM_POTENTIAL_BLOCKING'),
  unanswered('15', 0.005, 'signal', null, 'OUTBOUND_RESOURCE_ERROR'),
];

/** Numbers of the same range that ask for something else than an outcome of a dial. */
const ASKED = { neverDialled: '16', hangsUp: '17', discarded: '18', notAllowed: '19' };

/** Prefixes that an instance may not dial at first (documented: quotas, older copy). */
const NOT_ALLOWED = ['+447', '+44111', '+44118', '+44119', '+448', '+44826', '+449'];

/** Whether the number asks for a contact that is never dialled, and so expires. */
export function isNeverDialled(phoneNumber: string): boolean {
  return askedOf(phoneNumber) === ASKED.neverDialled;
}

/** Whether the number asks for a human who hangs up before an agent or the flow is done. */
export function hangsUp(phoneNumber: string): boolean {
  return askedOf(phoneNumber) === ASKED.hangsUp;
}

/** Whether the number asks for an agent who discards the preview, where the agent may; null if it asks for nothing. */
export function asksForDiscard(phoneNumber: string): boolean | null {
  const asked = askedOf(phoneNumber);
  return asked === null ? null : asked === ASKED.discarded;
}

/** Whether the instance may dial the country of a number. */
export function isAllowed(phoneNumber: string): boolean {
  if (askedOf(phoneNumber) === ASKED.notAllowed) return false;
  const number = dialled(phoneNumber);
  return !NOT_ALLOWED.some((prefix) => number.startsWith(prefix));
}

/** The outcome for which a number asks, or the outcome that a share from 0 to 1 falls on. */
export function outcomeOf(phoneNumber: string, share: number): OutcomeRow {
  const [human] = OUTCOMES as [OutcomeRow];
  const asked = askedOf(phoneNumber);
  if (asked !== null) return OUTCOMES.find(({ number }) => number === asked) ?? human;
  let rest = share;
  for (const row of OUTCOMES) {
    rest -= row.share;
    if (rest < 0) return row;
  }
  return human;
}

/** The last two digits of a number that asks for something. */
function askedOf(phoneNumber: string): string | null {
  const number = dialled(phoneNumber);
  if (!isAskedNumber(number)) return null;
  const digits = number.slice(-2);
  return digits >= '01' && digits <= '19' ? digits : null;
}
