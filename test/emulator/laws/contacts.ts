/** Laws of the operations on a contact: each shows and changes the one that is named, and no other. */

import type { ContactDataRequest } from '../../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { contact } from '../fixtures.ts';
import { type Client, type Law, put } from './law.ts';

const { id: InstanceId, queues } = ORDINARY_INSTANCE;

/** Good items that differ in all that is shown of them, with failing ones before and between them. */
const ITEMS = [0, 1, 2, 3, 4, 5, 6].map((n) =>
  contact(n, {
    Attributes: { place: `${n}` },
    Campaign: { CampaignId: `campaign-${n}` },
    QueueId: n % 3 === 0 ? 'none' : (queues[n % 3]?.id ?? ''),
    SystemEndpoint: {
      Type: 'TELEPHONE_NUMBER',
      Address: ORDINARY_INSTANCE.numbers[n % 3] ?? '',
    },
  }),
);

type Shown = Readonly<Record<string, unknown>>;

async function shown({ send }: Client, id: string): Promise<Shown> {
  const { text } = await send({ method: 'GET', target: `/contacts/${InstanceId}/${id}`, body: '' });
  return (JSON.parse(text) as { Contact?: Shown }).Contact ?? {};
}

/** The members of a shown contact that its item decides. */
const due = (id: string, item: ContactDataRequest, attributes = item.Attributes) =>
  JSON.stringify([
    id,
    item.CustomerEndpoint,
    item.SystemEndpoint,
    item.Campaign,
    { Id: item.QueueId },
    attributes,
  ]);

const said = (contact: Shown) =>
  JSON.stringify(
    ['Id', 'CustomerEndpoint', 'SystemEndpoint', 'Campaign', 'QueueInfo', 'Attributes'].map(
      (name) => contact[name],
    ),
  );

/** The contacts of a batch with the item of each. */
async function create(client: Client): Promise<{ id: string; item: ContactDataRequest }[]> {
  const { lists } = await put(client, ITEMS);
  return lists.SuccessfulRequestList.map(({ ContactId: id, RequestIdentifier }) => {
    const item = ITEMS.find((one) => one.RequestIdentifier === RequestIdentifier);
    if (!item) throw new Error(`no item is named ${RequestIdentifier}`);
    return { id, item };
  });
}

const describesItsOwn: Law = {
  says: 'a contact is shown as its own item, wherever that stood in the batch',
  mark: 'documented',
  async breaches(client) {
    const breaches: string[] = [];
    const created = await create(client);
    if (created.length !== 4) breaches.push(`${created.length} contacts were created, not 4`);
    for (const { id, item } of created) {
      const text = said(await shown(client, id));
      if (text !== due(id, item)) breaches.push(`${item.RequestIdentifier} is shown as ${text}`);
      const target = `/contact/attributes/${InstanceId}/${id}`;
      const attributes = await client.send({ method: 'GET', target, body: '' });
      if (attributes.text !== JSON.stringify({ Attributes: item.Attributes })) {
        breaches.push(`${item.RequestIdentifier} has ${attributes.text}`);
      }
    }
    return breaches;
  },
};

const changesItsOwn: Law = {
  says: 'a change is of one contact, and of no other of its batch',
  mark: 'documented',
  async breaches(client) {
    const breaches: string[] = [];
    const created = await create(client);
    const change = async (target: string, members: object) => {
      const text = JSON.stringify({ InstanceId, ...members });
      const { status } = await client.send({ method: 'POST', target, body: text });
      if (status !== 200) breaches.push(`POST ${target}: ${status}`);
    };
    const [, updated, stopped] = created;
    await change('/contact/attributes', {
      InitialContactId: updated?.id,
      Attributes: { more: 'yes' },
    });
    await change('/contact/stop', { ContactId: stopped?.id });
    for (const one of created) {
      const now = await shown(client, one.id);
      const more = one === updated ? { more: 'yes' } : {};
      const text = said(now);
      if (text !== due(one.id, one.item, { ...one.item.Attributes, ...more })) {
        breaches.push(`${one.item.RequestIdentifier} is shown as ${text}`);
      }
      if ('DisconnectTimestamp' in now !== (one === stopped)) {
        breaches.push(`${one.item.RequestIdentifier} has the wrong end`);
      }
    }
    return breaches;
  },
};

export const CONTACT_LAWS = { describesItsOwn, changesItsOwn } satisfies Record<string, Law>;
