/** Brings the contacts of the messages about at an emulator, through its control door, and reads their events. */

import { ORDINARY_INSTANCE, ordinaryFacts } from '../../operation/connect/facts.ts';
import { CONNECT } from '../../operation/connect/service.ts';
import { UnavailableError } from '../../system/errors.ts';
import { signedHeaders } from '../../system/sign-request.ts';
import type { ProviderAccess } from '../provider/provider-door.ts';
import { type ContactFate, EVENT_MESSAGES, type EventMessage } from './messages.ts';

/** An event as it was given: JSON that is not yet judged. */
export type GivenEvent = Readonly<Record<string, unknown>> & {
  readonly detail?: { readonly eventType?: string; readonly contactId?: string };
};

const PATIENCE_MS = 30_000;
const EVENTS_PATIENCE_MS = 10_000;
/** Longer than any call and the work after it. */
const SECONDS = 7_200;
/** Longer than a contact waits to be dialled: an emulator may hold one dial request at a time. */
const BETWEEN = 180;

const campaignOf = ({ detection }: ContactFate) =>
  detection ? 'events-with-detection' : 'events-without-detection';
const requestOf = (fate: ContactFate) => `${campaignOf(fate)}-${fate.number}`;

/**
 * Resets the emulator, lets campaigns call one customer for each fate, and changes the attributes of one contact.
 *
 * @returns finds the event of a message; undefined if it was not given.
 * @throws UnavailableError if the emulator cannot be reached, or refuses.
 */
export async function provokeEvents(
  target: ProviderAccess,
): Promise<(message: EventMessage) => GivenEvent | undefined> {
  const call = (method: string, path: string, body?: unknown) => ask(target, method, path, body);
  await call('POST', '/reset', {});
  await call('PUT', '/facts', { choices: { diallableTypes: ['TELEPHONE_NUMBER'] } });
  await call('POST', '/campaigns', { campaigns: [true, false].map(campaign) });
  const fates = new Map(EVENT_MESSAGES.map(({ fate }) => [requestOf(fate), fate]));
  let ahead = 0;
  for (const [id, fate] of fates) {
    await call('POST', '/dial-requests', {
      campaignId: campaignOf(fate),
      dialRequestId: id,
      clientToken: id,
      phoneNumber: `+131255501${fate.number}`,
    });
    ahead += BETWEEN;
    await call('PUT', '/clock', { ahead });
  }
  await call('PUT', '/clock', { ahead: SECONDS });
  const contacts = new Map(
    linesOf(await call('GET', '/dial-requests')).map((one) => [
      String(one.dialRequestId),
      String(one.contactId),
    ]),
  );
  const updated = EVENT_MESSAGES.find(({ type }) => type === 'CONTACT_DATA_UPDATED');
  if (updated) await changeAttributes(target, contacts.get(requestOf(updated.fate)) ?? '');
  const { contactEvents } = JSON.parse(await call('GET', '/campaigns')) as {
    readonly contactEvents: { readonly events: number };
  };
  const events = await readEvents(target, contactEvents.events);
  return ({ type, fate }) =>
    events.find(
      ({ detail }) =>
        detail?.eventType === type && detail.contactId === contacts.get(requestOf(fate)),
    );
}

/** Why no campaign of an emulator calls anybody; null if campaigns call. @throws UnavailableError as `provokeEvents`. */
export async function whyNobodyIsCalled(target: ProviderAccess): Promise<string | null> {
  const { choices } = JSON.parse(await ask(target, 'GET', '/campaigns')) as {
    readonly choices: { readonly concurrentCalls: number };
  };
  return choices.concurrentCalls > 0
    ? null
    : 'campaigns may call nobody: the choice concurrentCalls is 0';
}

async function ask(
  { controlUrl }: ProviderAccess,
  method: string,
  path: string,
  body?: unknown,
): Promise<string> {
  const answer = await fetch(new URL(path, controlUrl), {
    method,
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((error: unknown) => {
    throw new UnavailableError(`${method} ${path} at the control door failed: ${String(error)}`);
  });
  const text = await answer.text();
  if (answer.ok) return text;
  throw new UnavailableError(`${method} ${path} was answered ${answer.status}: ${text}`);
}

function campaign(detection: boolean) {
  return {
    version: 2,
    id: campaignOf({ number: '', detection }),
    name: campaignOf({ number: '', detection }),
    instanceId: ORDINARY_INSTANCE.id,
    state: 'Running',
    members: {
      channelSubtypeConfig: {
        telephony: {
          connectQueueId: ORDINARY_INSTANCE.queues[0].id,
          outboundMode: { progressive: { bandwidthAllocation: 1 } },
          defaultOutboundConfig: {
            connectContactFlowId: 'flow',
            connectSourcePhoneNumber: ORDINARY_INSTANCE.numbers[0],
            answerMachineDetectionConfig: { enableAnswerMachineDetection: detection },
          },
        },
      },
    },
  };
}

async function changeAttributes(target: ProviderAccess, contactId: string): Promise<void> {
  const url = new URL('/contact/attributes', target.url);
  const body = Buffer.from(
    JSON.stringify({
      InitialContactId: contactId,
      InstanceId: ORDINARY_INSTANCE.id,
      Attributes: { changed: 'yes' },
    }),
  );
  const unsigned = {
    method: 'POST',
    target: url.pathname,
    host: url.host,
    contentType: 'application/json',
    body,
  };
  const scope = { region: ordinaryFacts().region, service: CONNECT.signingName };
  const { host: _, ...headers } = signedHeaders(unsigned, target.outsider, scope, Date.now());
  const answer = await fetch(url, { method: 'POST', headers, body });
  if (answer.ok) return;
  throw new UnavailableError(`UpdateContactAttributes was answered ${answer.status}`);
}

/** Reads so many server-sent events, or those that come in time. */
async function readEvents({ controlUrl }: ProviderAccess, count: number): Promise<GivenEvent[]> {
  if (count === 0) return [];
  const leaving = new AbortController();
  const patience = AbortSignal.timeout(EVENTS_PATIENCE_MS);
  const signal = AbortSignal.any([leaving.signal, patience]);
  const chunks: Uint8Array[] = [];
  let events: GivenEvent[] = [];
  try {
    const answer = await fetch(new URL('/events', controlUrl), { signal });
    for await (const chunk of answer.body ?? []) {
      chunks.push(chunk as Uint8Array);
      const text = Buffer.concat(chunks).toString('utf8');
      events = [...text.matchAll(/^data: (.*)\n\n/gm)].map(([, data = '']) => JSON.parse(data));
      if (events.length >= count) break;
    }
  } catch (error) {
    // An emulator that loses events does not give them all. What is missing is judged, not the time.
    if (!patience.aborted) {
      throw new UnavailableError(`GET /events at the control door failed: ${String(error)}`);
    }
  }
  leaving.abort();
  return events;
}

function linesOf(text: string): readonly Readonly<Record<string, unknown>>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
