import { readAs } from '../../operation/aws/shape/read.ts';
import { attributesBytes, hasOversizeAttributes } from '../../operation/connect/attributes.ts';
import { canonicalPayload } from '../../operation/connect/batch-put-contact/canonical.ts';
import { readBody } from '../../operation/connect/batch-put-contact/read-request.ts';
import { LIMITS } from '../../operation/connect/limits.ts';
import { goodContact } from './fixtures.ts';

const body = (change: object) => ({ ContactDataRequestList: [{ ...goodContact('a'), ...change }] });
const refused = (json: unknown) => {
  const read = readBody(json);
  return read.ok ? 'accepted' : read.wrong;
};

describe('readBody', () => {
  it.each([
    ['26 contacts', { ContactDataRequestList: Array(26).fill({}) }],
    ['no contact', { ContactDataRequestList: [] }],
    ['no list', {}],
    ['a null list', { ContactDataRequestList: null }],
    ['a long token', { ClientToken: 'x'.repeat(501), ContactDataRequestList: [{}] }],
    ['a long identifier', body({ RequestIdentifier: 'x'.repeat(81) })],
    ['a long address', body({ CustomerEndpoint: { Address: 'x'.repeat(257) } })],
    ['a long campaign id', body({ Campaign: { CampaignId: 'x'.repeat(101) } })],
    ['an empty campaign id', body({ Campaign: { CampaignId: '' } })],
    ['a long attribute', body({ Attributes: { a: 'x'.repeat(32_768) } })],
    ['a long attribute key', body({ Attributes: { ['x'.repeat(32_768)]: '' } })],
    ['an empty attribute key', body({ Attributes: { '': 'x' } })],
    ['a strategy without Type', body({ OutboundStrategy: {} })],
    [
      'a preview without its members',
      body({ OutboundStrategy: { Type: 'AGENT_FIRST', Config: { AgentFirst: { Preview: {} } } } }),
    ],
  ])('refuses %s as a broken constraint', (_, json) => {
    expect(refused(json)).toBe('constraint');
  });

  it.each([
    ['a string for the body', 'text'],
    ['a list for the body', []],
    ['null for the body', null],
    ['a string for the list', { ContactDataRequestList: 'x' }],
    ['a null contact', { ContactDataRequestList: [null] }],
    ['a number for a string', body({ QueueId: 7 })],
    ['a list for the attributes', body({ Attributes: [] })],
    ['a number for an attribute', body({ Attributes: { a: 1 } })],
  ])('refuses %s as a wrong type', (_, json) => {
    expect(refused(json)).toBe('type');
  });

  it.each([
    ['25 contacts', { ContactDataRequestList: Array(25).fill({}) }],
    ['a token of 500', { ClientToken: 'x'.repeat(500), ContactDataRequestList: [{}] }],
    ['an identifier of 80', body({ RequestIdentifier: 'x'.repeat(80) })],
    ['80 characters outside the BMP', body({ RequestIdentifier: '😀'.repeat(80) })],
    ['an address of 256', body({ CustomerEndpoint: { Address: 'x'.repeat(256) } })],
    ['an attribute key of 1', body({ Attributes: { x: '' } })],
    ['an attribute key of 32,767', body({ Attributes: { ['x'.repeat(32_767)]: '' } })],
    ['an attribute of 32,767', body({ Attributes: { a: 'x'.repeat(32_767) } })],
    ['an unlisted enum value', body({ CustomerEndpoint: { Type: 'FAX' } })],
    ['a null attribute', body({ Attributes: { a: null } })],
    ['an unknown member', body({ Colour: 'blue' })],
  ])('accepts %s', (_, json) => {
    expect(refused(json)).toBe('accepted');
  });

  it('names the member and the bound, and counts the breaches', () => {
    const read = readBody({ ClientToken: 'x'.repeat(501), ContactDataRequestList: [] });
    expect(read).toMatchObject({
      message:
        "2 validation errors detected: Value at 'clientToken' failed to satisfy constraint: Member must have length less than or equal to 500; " +
        "Value at 'contactDataRequestList' failed to satisfy constraint: Member must have length greater than or equal to 1",
    });
    expect(readBody(body({ RequestIdentifier: 'x'.repeat(81) }))).toMatchObject({
      message: expect.stringContaining("'contactDataRequestList.1.member.requestIdentifier'"),
    });
  });

  it.each([
    ['text', "Expected a structure at 'the body'"],
    [body({ QueueId: 7 }), "Expected a string at 'contactDataRequestList.1.member.queueId'"],
    [
      body({ Attributes: { a: '', b: 1 } }),
      "Expected a string at 'contactDataRequestList.1.member.attributes.b'",
    ],
    [
      {
        ContactDataRequestList: [
          { Colour: 'blue', Attributes: { a: '' } },
          { OutboundStrategy: {} },
        ],
      },
      "1 validation error detected: Value null at 'contactDataRequestList.2.member.outboundStrategy.type' failed to satisfy constraint: Member must not be null",
    ],
  ])('says where and what in %j', (json, message) => {
    expect(readBody(json)).toMatchObject({ ok: false, message });
  });

  it.each([
    [2, true],
    [2.5, false],
    ['2', false],
  ])('%j for an integer: %s', (value, ok) => {
    expect(readAs(value, { kind: 'integer' }).ok).toBe(ok);
  });

  it('shows no more than ten breaches', () => {
    const long = { RequestIdentifier: 'x'.repeat(81) };
    const read = readBody({ ContactDataRequestList: Array(11).fill(long) });
    if (read.ok) throw new Error('it has breaches');
    expect(read.message).toMatch(/^10 validation errors detected: /);
    expect(read.message.split('; ')).toHaveLength(10);
  });

  it('gives equal payloads equal text, whatever the order of their members', () => {
    const one = '{"ContactDataRequestList":[{"QueueId":"q","Attributes":{"b":"2","a":"1"}}]}';
    const two =
      '{"ContactDataRequestList":[{"Attributes":{"a":"1","b":"2"},"Extra":1,"QueueId":"q"}]}';
    const text = (json: string) => {
      const read = readBody(JSON.parse(json));
      if (!read.ok) throw new Error(read.message);
      return canonicalPayload('i', read.request.ContactDataRequestList);
    };
    expect(text(one)).toBe(text(two));
    expect(text(one)).not.toBe(text(one.replace('"1"', '"9"')));
  });

  it('keeps __proto__ an ordinary attribute', () => {
    const json = JSON.parse('{"ContactDataRequestList":[{"Attributes":{"__proto__":"x"}}]}');
    const read = readBody(json);
    if (!read.ok) throw new Error(read.message);
    expect(JSON.stringify(read.request.ContactDataRequestList)).toBe(
      '[{"Attributes":{"__proto__":"x"}}]',
    );
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  it('takes 32,768 bytes of attributes, and not one more', () => {
    const bytes = (n: number) => ({ a: 'x'.repeat(20_000), b: 'é'.repeat(n) });
    expect(hasOversizeAttributes({ ...bytes(6_382), cc: '' })).toBe(false);
    expect(hasOversizeAttributes({ ...bytes(6_382), ccc: '' })).toBe(true);
  });

  it('counts attribute bytes in UTF-8', () => {
    const edges = [
      '\x7f',
      '\x80',
      '\u07ff',
      '\u0800',
      '\ud7ff',
      '\ue000',
      '\u{10000}',
      '\u{10ffff}',
    ];
    for (const text of ['a', 'é', '€', '😀', 'a😀é€', ...edges]) {
      expect(attributesBytes({ [text]: text })).toBe(2 * Buffer.byteLength(text));
    }
    expect(LIMITS.attributesBytes.max).toBe(32_768);
  });
});
