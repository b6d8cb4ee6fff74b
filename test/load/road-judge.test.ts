/** Each way in which a road can be wrong is told, and a right one is not blamed. */

import { judgeRoad, type RoadRecords } from '../../load/drive/road-judge.ts';

const RIGHT: RoadRecords = {
  accepted: new Map([
    ['request-1', 'token-1'],
    ['request-2', 'token-2'],
    ['request-3', 'token-3'],
  ]),
  contacts: [
    { contactId: 'contact-1', requestIdentifier: 'request-1' },
    { contactId: 'contact-2', requestIdentifier: 'request-2' },
  ],
  dials: [
    { dialId: 'dial-1', contactId: 'contact-1', dialRequestId: 'request-1' },
    // The same dial may be given again.
    { dialId: 'dial-1', contactId: 'contact-1', dialRequestId: 'request-1' },
  ],
  told: [
    { dialRequestId: 'request-1', state: 'ENDED', dialId: 'dial-1' },
    { dialRequestId: 'request-2', state: 'ENDED', dialId: null },
    { dialRequestId: 'request-3', state: 'FAILED', failure: 'EXPIRED_BEFORE_CONTACT' },
  ],
};

const judge = (change: Partial<RoadRecords>) => judgeRoad({ ...RIGHT, ...change });

it('blames nobody for a road that is right', () => {
  expect(judge({})).toEqual([]);
});

it.each<[string, Partial<RoadRecords>, object]>([
  [
    'a dial request without contact and failure',
    { told: RIGHT.told.slice(0, 2) },
    { kind: 'lost request', dialRequestId: 'request-3', clientToken: 'token-3' },
  ],
  [
    'two contacts of one dial request',
    {
      contacts: [...RIGHT.contacts, { contactId: 'contact-9', requestIdentifier: 'request-2' }],
    },
    { kind: 'two contacts', dialRequestId: 'request-2', contactId: 'contact-9' },
  ],
  [
    'a contact of no dial request',
    { contacts: [...RIGHT.contacts, { contactId: 'contact-9', requestIdentifier: 'request-9' }] },
    { kind: 'unasked contact', contactId: 'contact-9' },
  ],
  [
    'a contact of a dial request that failed',
    { contacts: [...RIGHT.contacts, { contactId: 'contact-9', requestIdentifier: 'request-3' }] },
    {
      kind: 'contact and failure',
      dialRequestId: 'request-3',
      contactId: 'contact-9',
      failure: 'EXPIRED_BEFORE_CONTACT',
    },
  ],
  [
    'two dials of one contact',
    {
      dials: [
        ...RIGHT.dials,
        { dialId: 'dial-9', contactId: 'contact-1', dialRequestId: 'request-1' },
      ],
    },
    { kind: 'second dial', contactId: 'contact-1', first: 'dial-1', second: 'dial-9' },
  ],
  [
    'a dial of a contact that does not exist',
    {
      dials: [
        ...RIGHT.dials,
        { dialId: 'dial-9', contactId: 'contact-9', dialRequestId: 'request-1' },
      ],
    },
    { kind: 'dial of no contact', contactId: 'contact-9', dialId: 'dial-9' },
  ],
  [
    'a dial that the sink never got',
    { dials: [] },
    { kind: 'dial not given', dialRequestId: 'request-1', dialId: 'dial-1' },
  ],
])('tells %s', (_, change, violation) => {
  expect(judge(change)).toEqual([violation]);
});
