/**
 * Phone numbers that ask for what becomes of their dial: +1 312 555 01NN, which is reserved for fiction.
 *
 * The convention is dialproof's own. The names are the detection status of the call, or its DisconnectReason if the
 * call does not get as far as the detection.
 */

const ASKED_PREFIX = '+131255501';

export const ASKED_NUMBERS = {
  HUMAN_ANSWERED: `${ASKED_PREFIX}01`,
  VOICEMAIL_BEEP: `${ASKED_PREFIX}02`,
  VOICEMAIL_NO_BEEP: `${ASKED_PREFIX}03`,
  AMD_UNANSWERED: `${ASKED_PREFIX}04`,
  SIT_TONE_BUSY: `${ASKED_PREFIX}05`,
  SIT_TONE_INVALID_NUMBER: `${ASKED_PREFIX}06`,
  SIT_TONE_DETECTED: `${ASKED_PREFIX}07`,
  AMD_UNRESOLVED: `${ASKED_PREFIX}08`,
  AMD_UNRESOLVED_SILENCE: `${ASKED_PREFIX}09`,
  AMD_ERROR: `${ASKED_PREFIX}10`,
  FAX_MACHINE_DETECTED: `${ASKED_PREFIX}11`,
  TELECOM_TIMEOUT: `${ASKED_PREFIX}12`,
  OUTBOUND_ATTEMPT_FAILED: `${ASKED_PREFIX}13`,
  TELECOM_POTENTIAL_BLOCKING: `${ASKED_PREFIX}14`,
  OUTBOUND_RESOURCE_ERROR: `${ASKED_PREFIX}15`,
  /** The contact is never dialled. */
  EXPIRED: `${ASKED_PREFIX}16`,
  /** A human answers, and hangs up before an agent or the flow is done. */
  CUSTOMER_DISCONNECT: `${ASKED_PREFIX}17`,
  /** The instance may not dial the country. */
  OUTBOUND_DESTINATION_ENDPOINT_ERROR: `${ASKED_PREFIX}19`,
} as const;

export type AskedOutcome = keyof typeof ASKED_NUMBERS;

export const ASKED_OUTCOMES = Object.keys(ASKED_NUMBERS) as readonly AskedOutcome[];

/** Whether a number is one of +1 312 555 01NN. The range has free numbers for outcomes to come. */
export function isAskedNumber(phoneNumber: string): boolean {
  return phoneNumber.startsWith(ASKED_PREFIX) && phoneNumber.length === ASKED_PREFIX.length + 2;
}
