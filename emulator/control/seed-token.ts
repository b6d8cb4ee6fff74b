/** POST /tokens stores a batch without a call of the operation. */

import { readBody } from '../../operation/connect/batch-put-contact/read-request.ts';
import { instanceOf } from '../../operation/connect/facts.ts';
import { LIMITS } from '../../operation/connect/limits.ts';
import { UserError } from '../../system/errors.ts';
import { anything, filledText, having, optional, text } from '../../system/read.ts';
import type { Service } from '../call/service.ts';
import { type Batch, putContacts } from '../call/steps/batch.ts';
import { tokenKey } from '../stores/tokens.ts';
import { answerBody, answered } from '../wire/answer.ts';
import { bodyOf } from './body.ts';

const { min, max } = LIMITS.contactId;

const contactIds = having<readonly string[]>(
  `a list of texts of ${min} to ${max} characters, no two alike`,
  (value) =>
    Array.isArray(value) &&
    value.every((id) => typeof id === 'string' && id.length >= min && id.length <= max) &&
    new Set(value).size === value.length,
);

const readToken = bodyOf({
  clientToken: filledText,
  instanceId: text,
  contacts: anything,
  contactIds: optional(contactIds, []),
});

/**
 * Commits a batch under a token, as a call would. It checks the body only.
 *
 * Takes `{clientToken, instanceId, contacts, contactIds?}`. The created contacts get the `contactIds` in order.
 *
 * @throws UserError if the body is not a valid request, or the instance is not in the facts.
 */
export async function seedToken(service: Service, body: unknown): Promise<unknown> {
  const { clientToken, instanceId, contacts, contactIds } = readToken(body);
  const asBody = { ClientToken: clientToken, ContactDataRequestList: contacts };
  const read = readBody(asBody);
  if (!read.ok) throw new UserError(read.message);
  const { facts } = service;
  const instance = instanceOf(instanceId, facts);
  if (!instance) throw new UserError(`the facts have no instance ${instanceId}`);

  const list = read.request.ContactDataRequestList;
  const now = service.virtualClock.now();
  const bytes = Buffer.from(JSON.stringify(asBody));
  const batch: Batch = { instance, contacts: list, body: bytes, facts, now };
  const key = tokenKey(facts.account, facts.region, clientToken);
  const given = contactIds.values();
  const nextId = () => given.next().value ?? service.newContactId();
  const results = await putContacts(service, batch, { key, clientToken }, nextId);
  return JSON.parse(answerBody(answered(list, results), 'present'));
}
