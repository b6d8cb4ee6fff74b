/** What became of a dial request, as it is told to those who watch. AWS tells none of it in this form. */

import type { DialRequest, DialStep, RequestStatus } from '../records.ts';
import { ringsAt } from './course.ts';

export interface DialRequestOutcome {
  readonly dialRequestId: string;
  readonly campaignId: string;
  /** Empty if the dial request has no token. */
  readonly clientToken: string;
  readonly state: RequestStatus['state'];
  /** Null while there is no contact, and if there is never one. */
  readonly contactId: string | null;
  /** Null for a contact that was not dialled. */
  readonly dialId: string | null;
  /** How far the call is. Null before the call and after it. */
  readonly step: DialStep | null;
  /** Who is or was with the contact, counted from 0 in the queue. Null without an agent. */
  readonly agent: number | null;
  /** Of a dial request that failed: a code of BatchPutContact, or a reason of the emulator's own. */
  readonly failure: string | null;
  /** Of CONTACT_REFUSED: the error that BatchPutContact answered. */
  readonly error: string | null;
  /** Of a contact that ended. */
  readonly disconnectReason: string | null;
  /** Epoch milliseconds by the virtual clock, as all times here. */
  readonly acceptedAt: number;
  readonly expiresAt: number;
  /** When its contact was made, it was dialled, it rang, and an agent was with it. Null for what did not happen. */
  readonly contactAt: number | null;
  readonly dialledAt: number | null;
  readonly ringingAt: number | null;
  readonly agentAt: number | null;
  /** Null before it failed or ended. */
  readonly endedAt: number | null;
}

export function outcomeOf(request: DialRequest): DialRequestOutcome {
  const { id: dialRequestId, campaignId, clientToken, acceptedAt, expiresAt, status } = request;
  const contact = 'contact' in status ? status.contact : null;
  const dial = 'dial' in status ? status.dial : null;
  const agent = 'agent' in status ? status.agent : undefined;
  const endedAt = 'at' in status ? status.at : null;
  const rings = dial && ringsAt(dial);
  // A call that was stopped at once never rang.
  const rang = 'step' in status ? status.step !== 'DIALING' : (rings ?? 0) <= (endedAt ?? 0);
  const failure = status.state === 'FAILED' ? status.failure : null;
  return {
    dialRequestId,
    campaignId,
    clientToken,
    state: status.state,
    contactId: contact?.contactId ?? null,
    dialId: dial?.dialId ?? null,
    step: status.state === 'DIALING' ? status.step : null,
    agent: agent?.number ?? null,
    failure: failure && (failure.kind === 'code' ? failure.code : failure.kind),
    error: failure?.kind === 'CONTACT_REFUSED' ? failure.error : null,
    disconnectReason: status.state === 'ENDED' ? status.reason : null,
    acceptedAt,
    expiresAt,
    contactAt: contact?.at ?? null,
    dialledAt: dial?.at ?? null,
    ringingAt: rang ? rings : null,
    // One who only looked at the contact was there before the dial.
    agentAt: agent && dial && agent.at > dial.at ? agent.at : null,
    endedAt,
  };
}
