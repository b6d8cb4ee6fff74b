/** What the audit says of contacts: that none has two tokens, and that each has its identifier and a cause. */

import type { LedgerRow } from '../../load/endpoint/ledger.ts';
import type { Attempt } from '../../load/lib/history-line.ts';
import { identifierOf, stampOf } from '../../operation/corpus/stamp.ts';
import { attempt, kept, named, RUN, seen, stream, verdicts } from './audited.ts';

const verdictOn = (name: string, { result }: Awaited<ReturnType<typeof verdicts>>) =>
  result.invariants.find((one) => one.name === name);

/** Rows of a ledger whose items and contacts have identifiers. */
function identified(index: number, slots: readonly number[] = [0, 1]): LedgerRow[] {
  const clientToken = stampOf(RUN, index);
  const items = slots.map((slot, i) => ({
    contactId: `id-${index}-${i + 1}`,
    requestIdentifier: identifierOf(clientToken, slot),
  }));
  const failed = { code: 'INVALID_QUEUE', requestIdentifier: identifierOf(clientToken, 2) };
  return [
    { type: 'token', clientToken, items: [...items, failed] },
    ...items.map((item): LedgerRow => ({ type: 'contact', clientToken, ...item })),
  ];
}

describe('contacts are unique', () => {
  const reusing = [seen(0), seen(1, { seen: { contacts: named('id-0-2') + named('id-1-2') } })];

  it('catches the contact of an earlier batch in an answer, without a ledger', async () => {
    const found = await verdicts(reusing, null);
    expect(found.violated).toEqual(['contacts are unique']);
    expect(found.evidence).toEqual({
      kind: 'contact reused',
      contact: named('id-0-2'),
      token: stampOf(RUN, 1),
      first: stampOf(RUN, 0),
    });
    expect(verdictOn('contacts are unique', found)).toMatchObject({ checked: 4, violations: 1 });
  });

  it('catches a contact that the ledger has under two tokens, with lines that name none', async () => {
    const ledger = kept(0).concat(kept(1, 2, 'id-0-2 id-1-2 INVALID_QUEUE'));
    const rows = ledger.map((row) =>
      row.type === 'contact' && row.contactId === 'id-1-1' ? { ...row, contactId: 'id-0-2' } : row,
    );
    const found = await verdicts([attempt(0)], rows);
    expect(found.violated).toContain('contacts are unique');
  });

  it('catches a contact of another run, or of no run, in an answer', async () => {
    const foreign = [stampOf('zzzz9999', 3), 'order-1', null].map(
      (clientToken): LedgerRow => ({ type: 'contact', contactId: 'id-0-1', clientToken }),
    );
    for (const row of foreign) {
      const found = await verdicts([seen(0)], [...kept(0), row]);
      expect(found.violated).toEqual(['contacts are unique']);
    }
  });

  it('allows the same contacts in all answers to a token', async () => {
    const found = await verdicts(
      [seen(0), seen(0, { attempt: 2 }), seen(1)],
      kept(0).concat(kept(1)),
    );
    expect(found.violated).toEqual([]);
    expect(verdictOn('contacts are unique', found)).toMatchObject({ verdict: 'holds', checked: 4 });
  });

  it('is not decidable where no line names its contacts, even if digests are equal', async () => {
    const found = await verdicts([attempt(0), { ...attempt(1), digest: attempt(0).digest }], null);
    expect(found.violated).toEqual([]);
    expect(verdictOn('contacts are unique', found)).toMatchObject({
      verdict: 'not decidable',
      evidence: [{ kind: 'no witness', witness: 'contacts' }],
    });
  });

  it('decides the same where more lines came than were expected', async () => {
    const long = (index: number) => ({ token: `order-${index}`.padEnd(500, '-') });
    const history = Array.from({ length: 3_000 }, (_, i) => seen(i, long(i)));
    const again = { ...seen(2_999), ...long(3_000) };
    const found = await verdicts([...history, again], null, { predictions: null });
    expect(verdictOn('contacts are unique', found)).toMatchObject({
      checked: 6_002,
      violations: 2,
      evidence: [
        { token: again.token, first: history.at(-1)?.token },
        { token: again.token, first: history.at(-1)?.token },
      ],
    });
  });
});

describe('the identifiers of contacts', () => {
  it('are right in a ledger that has them as they were sent', async () => {
    const twin = identified(1, [0, 0]);
    expect((await verdicts([seen(0), seen(1)], identified(0).concat(twin))).violated).toEqual([]);
  });

  it('are right in a part of a record', async () => {
    const part = seen(0, { places: 'bdy' });
    expect((await verdicts([part], identified(0, [1, 3]), { predictions: null })).violated).toEqual(
      [],
    );
  });

  it.each<[string, LedgerRow[]]>([
    [
      'between two contacts',
      identified(0).map((row) =>
        row.type === 'contact'
          ? {
              ...row,
              requestIdentifier: identifierOf(stampOf(RUN, 0), row.contactId === 'id-0-1' ? 1 : 0),
            }
          : row,
      ),
    ],
    ['between two items of the record and their contacts', identified(0, [1, 0])],
  ])('are not right if they are swapped %s', async (_, ledger) => {
    const found = await verdicts([seen(0)], ledger);
    expect(found.violated).toEqual(['nothing is doubled']);
    expect(found.evidence).toEqual({
      kind: 'other identifiers',
      token: stampOf(RUN, 0),
      contacts: 2,
    });
  });

  it('of a batch on a contact that is not stored under its token mean a double', async () => {
    const copy: LedgerRow = {
      type: 'contact',
      contactId: 'id-0-9',
      clientToken: null,
      requestIdentifier: identifierOf(stampOf(RUN, 0), 1),
    };
    const found = await verdicts([seen(0)], [...identified(0), copy]);
    expect(found.violated).toEqual(['nothing is doubled']);
    expect(found.evidence).toMatchObject({ kind: 'doubled', contacts: 3, created: 2 });
  });
});

describe('nothing foreign', () => {
  const stranger = (clientToken: string | null, contactId = 'id-x'): LedgerRow => ({
    type: 'contact',
    contactId,
    clientToken,
    requestIdentifier: 'somebody',
  });

  it.each([[null], ['order-1'], ['order\t1']])(
    'catches a contact that appeared under the token %j',
    async (token) => {
      const found = await verdicts([seen(0)], [...kept(0), stranger(token)], {
        before: stream([stranger('order-2')]),
      });
      expect(found.violated).toEqual(['nothing foreign']);
      expect(found.evidence).toMatchObject({ kind: 'foreign', contacts: 1 });
    },
  );

  it('counts what was there before', async () => {
    const before = [stranger(null, 'id-w'), stranger('order-1'), stranger('order-1', 'id-y')];
    const same = await verdicts([seen(0)], [...before, ...kept(0)], { before: stream(before) });
    expect(same.violated).toEqual([]);
    expect(verdictOn('nothing foreign', same)).toMatchObject({ verdict: 'holds' });
    const more = [...before, ...kept(0), stranger(null, 'id-z')];
    const found = await verdicts([seen(0)], more, { before: stream(before) });
    expect(found.evidence).toEqual({ kind: 'foreign', token: null, contacts: 1 });
  });

  it('is not decidable where the ledger was not read before the run', async () => {
    const found = await verdicts([seen(0)], [...kept(0), stranger(null)]);
    expect(found.violated).toEqual([]);
    expect(verdictOn('nothing foreign', found)).toMatchObject({
      verdict: 'not decidable',
      evidence: [{ kind: 'no witness', witness: 'ledger before' }],
    });
  });

  it('leaves the contacts of other runs alone', async () => {
    const other = stampOf('zzzz9999', 3);
    const rows: LedgerRow[] = [
      stranger(other),
      { ...stranger(null, 'id-y'), requestIdentifier: identifierOf(other, 0) },
    ] as LedgerRow[];
    expect(
      (await verdicts([seen(0)], [...kept(0), ...rows], { before: stream([]) })).violated,
    ).toEqual([]);
  });
});

describe('tokens of another form', () => {
  const mine = (index: number, change: Partial<Attempt> = {}) =>
    seen(index, { token: `order-${index}`, ...change });
  const rows = (index: number) =>
    kept(index).map((row) => ({ ...row, clientToken: `order-${index}` }));

  it('are found in the ledger', async () => {
    const found = await verdicts([mine(0), mine(12_345)], rows(0).concat(rows(12_345)), {
      before: stream([]),
    });
    expect(found.violated).toEqual([]);
    const lost = await verdicts([mine(0), mine(12_345)], rows(0), { before: stream([]) });
    expect(lost.violated).toEqual(['acknowledged is kept']);
  });

  it('may belong to a call that was cut', async () => {
    const ledger = rows(0).concat(rows(1));
    expect((await verdicts([mine(0)], ledger, { before: stream<LedgerRow>([]) })).violated).toEqual(
      ['nothing foreign'],
    );
    expect(
      (await verdicts([mine(0)], ledger, { before: stream<LedgerRow>([]), cut: true })).violated,
    ).toEqual([]);
  });
});
