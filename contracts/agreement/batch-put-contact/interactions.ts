/** The interactions of the contract, made from the tables of the operation. */

import { documented, inferred } from '../../../operation/aws/provenance.ts';
import {
  FAILURES,
  type FailureRow,
  type FailureTable,
} from '../../../operation/connect/batch-put-contact/failures.ts';
import { BATCH_PUT_CONTACT } from '../../../operation/connect/batch-put-contact/operation.ts';
import {
  REFUSAL_NAMES,
  REFUSALS,
  type RefusalName,
} from '../../../operation/connect/batch-put-contact/refusals.ts';
import type { ContactDataRequest } from '../../../operation/connect/batch-put-contact/shapes.ts';
import { THROTTLE_ERRORS } from '../../../operation/connect/choices.ts';
import {
  INJECTED_NUMBERS,
  ORDINARY_INSTANCE,
  ordinaryFacts,
} from '../../../operation/connect/facts.ts';
import { LIMITS } from '../../../operation/connect/limits.ts';
import { type Claim, refusedWith, tokenFor } from '../interaction.ts';
import { changedAt } from '../places.ts';
import { type Given, ordinaryDay } from '../states.ts';
import { type BatchInteraction, ofBatch, requestOf } from './batch.ts';
import { edgeInteractions, requiredInteractions } from './bounds.ts';
import { CLAIMS, MODEL, RESULT_CLAIMS } from './claims.ts';
import { everyEndpointType, everyProvocation, membersLeftOut } from './contact-variants.ts';
import {
  exampleContactId,
  FULL_CONTACT,
  MINIMAL_CONTACT,
  ordinaryContact,
} from './ordinary-contacts.ts';
import { REFUSED_CALLS } from './refused-calls.ts';
import { type FailedItem, failedItem, result } from './result-answer.ts';

const PREVIEW_SECONDS =
  'OutboundStrategy.Config.AgentFirst.Preview.PostAcceptTimeoutConfig.DurationInSeconds'.split('.');

/** Returns all interactions in the order in which they are written. Each new row of a table adds one. */
export function interactionsFor(failures: FailureTable = FAILURES): BatchInteraction[] {
  return [
    ...successes(),
    replay(),
    mixedBatch(failures),
    ...Object.entries(failures).map(([code, row]) => askedItem(code, row)),
    withText(),
    ...Object.entries(failures).flatMap(([code, row]) => failingItem(code, row)),
    ...everyProvocation(failures),
    membersLeftOut(),
    ...everyEndpointType(),
    ...edgeInteractions(),
    ...requiredInteractions(),
    ...REFUSAL_NAMES.flatMap(askedError),
    throttled(),
    ...REFUSAL_NAMES.flatMap(refusedCall),
  ];
}

/** Returns the refusals that no interaction can pin, each with the reason. */
export function unprovokedRefusals(): { name: RefusalName; reason: string }[] {
  return REFUSAL_NAMES.flatMap((name) => {
    const row = REFUSED_CALLS[name];
    return 'unprovoked' in row ? [{ name, reason: row.unprovoked }] : [];
  });
}

function successes(): BatchInteraction[] {
  const { account, region } = ordinaryFacts();
  const one = (what: string, contact: ContactDataRequest, change: Partial<BatchInteraction>) =>
    ofBatch({
      description: `a batch of one good contact: ${what}`,
      pins: null,
      group: 'results',
      given: [ordinaryDay()],
      request: {
        InstanceId: ORDINARY_INSTANCE.id,
        ClientToken: tokenFor(what.replaceAll(' ', '-')),
        ContactDataRequestList: [contact],
      },
      answer: result([contact], []),
      provenance: RESULT_CLAIMS,
      ...change,
    });
  const emptyLists = (inAnswers: 'present' | 'omitted'): Partial<BatchInteraction> => ({
    given: [ordinaryDay(), { name: 'empty lists are', params: { inAnswers } }],
    group: 'choices',
    choice: { name: 'emptyLists', value: inAnswers },
    provenance: [...RESULT_CLAIMS, CLAIMS.emptyLists],
  });
  return [
    one('every optional member', FULL_CONTACT, {}),
    one('no optional member, ClientToken left to the SDK', MINIMAL_CONTACT, {
      request: { InstanceId: ORDINARY_INSTANCE.id, ContactDataRequestList: [MINIMAL_CONTACT] },
    }),
    one(
      'a preview that ends at once',
      changedAt(FULL_CONTACT, PREVIEW_SECONDS, LIMITS.previewSeconds.min),
      {},
    ),
    one('instance named by its ARN', ordinaryContact(1), {
      request: {
        InstanceId: `arn:aws:connect:${region}:${account}:instance/${ORDINARY_INSTANCE.id}`,
        ClientToken: tokenFor('instance-arn'),
        ContactDataRequestList: [ordinaryContact(1)],
      },
      provenance: [
        ...RESULT_CLAIMS,
        { what: 'InstanceId may be an ARN', ...inferred('100 characters have room for one') },
      ],
    }),
    one('empty lists present in the answer', ordinaryContact(1), {
      ...emptyLists('present'),
      answer: result([ordinaryContact(1)], [], { emptyLists: 'present' }),
    }),
    one('empty lists left out of the answer', ordinaryContact(1), emptyLists('omitted')),
  ];
}

function replay(): BatchInteraction {
  const contacts = [ordinaryContact(1), ordinaryContact(2)];
  const clientToken = tokenFor('replay');
  return ofBatch({
    description: 'a batch sent again with its ClientToken: the same ContactIds',
    pins: null,
    group: 'replays',
    given: [
      ordinaryDay(),
      {
        name: 'the ClientToken was used before',
        params: {
          clientToken,
          instanceId: ORDINARY_INSTANCE.id,
          contacts,
          contactIds: contacts.map((_, i) => exampleContactId(i + 1)),
        },
      },
    ],
    request: {
      InstanceId: ORDINARY_INSTANCE.id,
      ClientToken: clientToken,
      ContactDataRequestList: contacts,
    },
    answer: result(contacts, [], { exact: true }),
    provenance: [...RESULT_CLAIMS, CLAIMS.replay],
  });
}

/** Makes a batch of the largest size, with a failing item for every code. */
function mixedBatch(failures: FailureTable): BatchInteraction {
  const items: ContactDataRequest[] = [];
  const created: ContactDataRequest[] = [];
  const failed: FailedItem[] = [];
  const given: Given[] = [ordinaryDay()];
  const addGood = (): ContactDataRequest => {
    const good = ordinaryContact(items.length + 1);
    items.push(good);
    created.push(good);
    return good;
  };
  let previous = addGood();
  for (const [code, row] of Object.entries(failures)) {
    if (row.needsPrevious) previous = addGood();
    const item = row.provocations[0].make(ordinaryContact(items.length + 1), previous);
    items.push(item);
    failed.push(failedItem(item, code));
    if (isAskedFor(code)) given.push(asking(item, code));
  }
  while (items.length < LIMITS.contacts.max) addGood();
  return ofBatch({
    description: 'a full batch: good contacts, and one for every failure code',
    pins: null,
    group: 'triggers',
    given,
    request: {
      InstanceId: ORDINARY_INSTANCE.id,
      ClientToken: tokenFor('mixed-batch'),
      ContactDataRequestList: items,
    },
    answer: result(created, failed),
    provenance: [
      CLAIMS.shape,
      CLAIMS.contactId,
      CLAIMS.requestId,
      CLAIMS.partial,
      ...Object.entries(failures).map(([code, row]) => triggerClaim(code, row)),
    ],
  });
}

/** Whether no data can cause the code, so that a provider must be asked for it. */
function isAskedFor(code: string): boolean {
  return Object.hasOwn(INJECTED_NUMBERS, code);
}

/** The state in which a good contact fails with a code. */
function asking({ CustomerEndpoint }: ContactDataRequest, failureReasonCode: string): Given {
  const customerAddress = CustomerEndpoint?.Address ?? '';
  return { name: 'a contact fails', params: { customerAddress, failureReasonCode } };
}

function nameClaim(code: string): Claim {
  return { what: `the name ${code}`, ...MODEL };
}

function triggerClaim(code: string, row: FailureRow): Claim {
  return { what: `what gives ${code}`, ...row.provenance };
}

/** A batch of a good contact and one that fails because the state says so: it asserts the name and the form only. */
function askedItem(code: string, row: FailureRow): BatchInteraction {
  const good = ordinaryContact(1);
  const other = ordinaryContact(2);
  const item = isAskedFor(code) ? row.provocations[0].make(other, good) : other;
  return ofBatch({
    description: `a contact that fails with ${code}, as the state asks`,
    pins: code,
    group: 'codes',
    given: [ordinaryDay(), asking(item, code)],
    request: requestOf({
      ClientToken: tokenFor(`asked-${code}`),
      ContactDataRequestList: [good, item],
    }),
    answer: result([good], [failedItem(item, code)]),
    provenance: [nameClaim(code), CLAIMS.partial, CLAIMS.contactId, CLAIMS.requestId],
  });
}

/** A batch with a contact that fails because of its data: it asserts the trigger. */
function failingItem(code: string, row: FailureRow): BatchInteraction[] {
  if (isAskedFor(code)) return [];
  const [provocation] = row.provocations;
  const previous = ordinaryContact(1);
  const item = provocation.make(ordinaryContact(2), previous);
  const good = row.needsPrevious ? [previous] : [];
  return [
    ofBatch({
      description: `a contact that fails with ${code}: ${provocation.how}`,
      pins: code,
      group: 'triggers',
      given: [ordinaryDay()],
      request: {
        InstanceId: ORDINARY_INSTANCE.id,
        ClientToken: tokenFor(code),
        ContactDataRequestList: [...good, item],
      },
      answer: result(good, [failedItem(item, code)]),
      provenance: [nameClaim(code), triggerClaim(code, row), CLAIMS.partial, CLAIMS.requestId],
    }),
  ];
}

function withText(): BatchInteraction {
  const item = ordinaryContact(1);
  const code = 'INTERNAL_ERROR';
  return ofBatch({
    description: 'a contact that fails, with a text',
    pins: null,
    group: 'codes',
    given: [ordinaryDay(), asking(item, code)],
    request: requestOf({ ClientToken: tokenFor('text'), ContactDataRequestList: [item] }),
    answer: result([], [failedItem(item, code)], { messages: 'present' }),
    provenance: [nameClaim(code), CLAIMS.partial, CLAIMS.requestId, CLAIMS.message],
  });
}

/** A good call that gets an error because the state says so: it asserts the name, the status and the form only. */
function askedError(name: RefusalName): BatchInteraction[] {
  const { status, provenance, modelled } = REFUSALS[name];
  if (!modelled && name !== 'ServiceUnavailable') return [];
  return [
    ofBatch({
      description: `a call that gets ${name}, as the state asks`,
      pins: name,
      group: 'errors',
      given: [ordinaryDay(), { name: 'the call fails', params: { error: name, status } }],
      request: requestOf({
        ClientToken: tokenFor(`asked-${name}`),
        ContactDataRequestList: [ordinaryContact(1)],
      }),
      answer: refusedWith(BATCH_PUT_CONTACT, name),
      provenance: [
        { what: `${status} ${name}`, ...provenance },
        CLAIMS.errorText,
        CLAIMS.requestId,
      ],
    }),
  ];
}

function throttled(): BatchInteraction {
  const [name, ...orNamed] = THROTTLE_ERRORS;
  return ofBatch({
    description: 'a call over the quota, whatever its error is called',
    pins: null,
    group: 'throttling',
    given: [ordinaryDay(), { name: 'calls are throttled', params: { error: null } }],
    request: requestOf({
      ClientToken: tokenFor('throttled'),
      ContactDataRequestList: [ordinaryContact(1)],
    }),
    answer: { ...refusedWith(BATCH_PUT_CONTACT, name), orNamed },
    provenance: [
      { what: '429', ...documented('best practices of the Connect API: throttling is HTTP 429') },
      CLAIMS.requestId,
    ],
  });
}

function refusedCall(name: RefusalName): BatchInteraction[] {
  const call = REFUSED_CALLS[name];
  if (!('how' in call)) return [];
  const { status, provenance, trigger = provenance } = REFUSALS[name];
  const { how, group, choice, given, request } = call;
  return [
    ofBatch({
      description: `a call refused with ${name}: ${how}`,
      pins: name,
      group,
      ...(choice && { choice }),
      given,
      request: { ...request, ClientToken: tokenFor(name) },
      answer: refusedWith(BATCH_PUT_CONTACT, name),
      provenance: [
        { what: `${status} ${name}`, ...provenance },
        { what: `what gives ${name}`, ...trigger },
        CLAIMS.requestId,
      ],
    }),
  ];
}
