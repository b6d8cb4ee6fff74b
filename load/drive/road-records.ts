/** Reads what became of dial requests from the control door of an endpoint, and moves its virtual clock. */

import { UnavailableError } from '../../system/errors.ts';
import { type LedgerContact, readLedger } from '../endpoint/ledger.ts';
import type { ToldRequest } from './road-judge.ts';

/** Moments are ISO 8601, by the virtual clock; null or absent for what did not happen. */
export type Told = ToldRequest & {
  readonly campaignId?: string;
  readonly clientToken?: string;
  readonly contactId?: string | null;
  readonly disconnectReason?: string | null;
  readonly acceptedAt?: string;
  readonly contactAt?: string | null;
  readonly dialledAt?: string | null;
  readonly ringingAt?: string | null;
  readonly agentAt?: string | null;
  readonly endedAt?: string | null;
};

/** Every dial request, with its state and its end. */
export async function dialRequestsOf(controlUrl: string): Promise<Told[]> {
  return linesOf(await answerOf(`${controlUrl}/dial-requests`));
}

function linesOf<Line>(text: string): Line[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
}

export async function contactsOf(controlUrl: string): Promise<LedgerContact[]> {
  const contacts: LedgerContact[] = [];
  for await (const row of readLedger(controlUrl)) {
    if (row.type === 'contact') contacts.push(row);
  }
  return contacts;
}

/** A contact with what it was made of. */
export interface RoadContact extends Pick<LedgerContact, 'contactId' | 'requestIdentifier'> {
  readonly address?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Every contact, with its address and attributes. */
export async function contactsInFull(controlUrl: string): Promise<RoadContact[]> {
  return linesOf(await answerOf(`${controlUrl}/contacts`));
}

const FINAL = ['FAILED', 'ENDED'];

export function hasEnded({ state }: Pick<ToldRequest, 'state'>): boolean {
  return FINAL.includes(state);
}

/** The moment of the virtual clock, in epoch milliseconds. */
export async function timeOf(controlUrl: string): Promise<number> {
  const { now } = JSON.parse(await answerOf(`${controlUrl}/clock`)) as { now: string };
  return Date.parse(now);
}

/** Resolves when all that was due until then is done. */
export async function moveClock(controlUrl: string, seconds: number): Promise<void> {
  const body = JSON.stringify({ seconds });
  await answerOf(`${controlUrl}/clock/advance`, { method: 'POST', body });
}

async function answerOf(url: string, init?: RequestInit): Promise<string> {
  const answer = await fetch(url, init).catch((error: Error) => {
    throw new UnavailableError(`${url} cannot be reached (${error.message})`);
  });
  if (!answer.ok) throw new UnavailableError(`${url} answered ${answer.status}`);
  return answer.text();
}
