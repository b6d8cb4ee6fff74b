/** The interactions of the contract, made from the tables of the operation. */

import { inferred } from '../../../operation/aws/provenance.ts';
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
import { ORDINARY_INSTANCE, ordinaryFacts } from '../../../operation/connect/facts.ts';
import { LIMITS } from '../../../operation/connect/limits.ts';
import { refusedWith, tokenFor } from '../interaction.ts';
import { changedAt } from '../places.ts';
import { ordinaryDay } from '../states.ts';
import { type BatchInteraction, ofBatch } from './batch.ts';
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
    ...Object.entries(failures).map(([code, row]) => failingItem(code, row)),
    ...everyProvocation(failures),
    membersLeftOut(),
    ...everyEndpointType(),
    ...edgeInteractions(),
    ...requiredInteractions(),
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
      given: [ordinaryDay({ emptyLists: 'present' })],
      request: {
        InstanceId: ORDINARY_INSTANCE.id,
        ClientToken: tokenFor(what.replaceAll(' ', '-')),
        ContactDataRequestList: [contact],
      },
      answer: result([contact], []),
      provenance: RESULT_CLAIMS,
      ...change,
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
    one('empty lists left out of the answer', ordinaryContact(1), {
      given: [ordinaryDay({ emptyLists: 'omitted' })],
      answer: result([ordinaryContact(1)], [], { emptyLists: 'omitted' }),
    }),
  ];
}

function replay(): BatchInteraction {
  const contacts = [ordinaryContact(1), ordinaryContact(2)];
  const clientToken = tokenFor('replay');
  return ofBatch({
    description: 'a batch sent again with its ClientToken: the same ContactIds',
    pins: null,
    given: [
      ordinaryDay({ emptyLists: 'present' }),
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
  }
  while (items.length < LIMITS.contacts.max) addGood();
  return ofBatch({
    description: 'a full batch: good contacts, and one for every failure code',
    pins: null,
    given: [ordinaryDay()],
    request: {
      InstanceId: ORDINARY_INSTANCE.id,
      ClientToken: tokenFor('mixed-batch'),
      ContactDataRequestList: items,
    },
    answer: result(created, failed),
    provenance: [CLAIMS.shape, CLAIMS.contactId, CLAIMS.requestId, CLAIMS.partial, CLAIMS.message],
  });
}

function failingItem(code: string, row: FailureRow): BatchInteraction {
  const [provocation] = row.provocations;
  const previous = ordinaryContact(1);
  const item = provocation.make(ordinaryContact(2), previous);
  const good = row.needsPrevious ? [previous] : [];
  return ofBatch({
    description: `a contact that fails with ${code}: ${provocation.how}`,
    pins: code,
    given: [ordinaryDay({ emptyLists: 'present' })],
    request: {
      InstanceId: ORDINARY_INSTANCE.id,
      ClientToken: tokenFor(code),
      ContactDataRequestList: [...good, item],
    },
    answer: result(good, [failedItem(item, code)]),
    provenance: [
      { what: `the name ${code}`, ...MODEL },
      { what: `what gives ${code}`, ...row.provenance },
      CLAIMS.partial,
      CLAIMS.message,
      CLAIMS.requestId,
      CLAIMS.emptyLists,
    ],
  });
}

function refusedCall(name: RefusalName): BatchInteraction[] {
  const call = REFUSED_CALLS[name];
  if ('unprovoked' in call) return [];
  const { status, provenance } = REFUSALS[name];
  return [
    ofBatch({
      description: `a call refused with ${name}: ${call.how}`,
      pins: name,
      given: call.given,
      request: { ...call.request, ClientToken: tokenFor(name) },
      answer: refusedWith(BATCH_PUT_CONTACT, name),
      provenance: [{ what: `${status} ${name}`, ...provenance }, CLAIMS.requestId],
    }),
  ];
}
