/** POST /tokens: a batch that is there before any call. */

import { UserError } from '../../errors.ts';
import { LIMITS } from '../../operation/limits.ts';
import { readBody } from '../../operation/read-request.ts';
import { instanceOf } from '../../operation/refusals.ts';
import { answerBody, answered } from '../answer.ts';
import { type Batch, putContacts } from '../batch.ts';
import { tokenKey } from '../ledger.ts';
import { type Service, virtualNow } from '../service.ts';
import { members } from './members.ts';

/**
 * Commits a batch under a token as if a call had, with nothing checked but the body.
 *
 * Takes `{clientToken, instanceId, contacts, contactIds?}`; the contacts made get `contactIds` in turn.
 */
export async function seedToken(service: Service, body: unknown): Promise<unknown> {
  const {
    clientToken,
    instanceId,
    contacts,
    contactIds = [],
  } = members(body, 'clientToken', 'instanceId', 'contacts', 'contactIds');
  if (typeof clientToken !== 'string' || clientToken === '' || typeof instanceId !== 'string') {
    throw new UserError('a token is {"clientToken": …, "instanceId": …, "contacts": […]}');
  }
  if (!isListOfIds(contactIds)) {
    const { min, max } = LIMITS.contactId;
    throw new UserError(
      `contactIds must be a list of texts of ${min} to ${max} characters, no two alike`,
    );
  }
  const asBody = { ClientToken: clientToken, ContactDataRequestList: contacts };
  const read = readBody(asBody);
  if (!read.ok) throw new UserError(read.message);
  const { facts } = service;
  const instance = instanceOf(instanceId, facts);
  if (!instance) throw new UserError(`the facts have no instance ${instanceId}`);

  const list = read.request.ContactDataRequestList;
  const now = virtualNow(service);
  const bytes = Buffer.from(JSON.stringify(asBody));
  const batch: Batch = { instance, contacts: list, body: bytes, facts, now };
  const key = tokenKey(facts.account, facts.region, clientToken);
  const given = contactIds.values();
  const nextId = () => given.next().value ?? service.newContactId();
  const results = await putContacts(service, batch, { key, clientToken }, nextId);
  return JSON.parse(answerBody(answered(list, results), 'present'));
}

function isListOfIds(value: unknown): value is readonly string[] {
  const { min, max } = LIMITS.contactId;
  return (
    Array.isArray(value) &&
    value.every((id) => typeof id === 'string' && id.length >= min && id.length <= max) &&
    new Set(value).size === value.length
  );
}
