import * as sdk from '@aws-sdk/client-connect';
import { templateOf } from '../../operation/aws/uri.ts';
import { CONTACT_MEMBERS } from '../../operation/connect/contact/contact.ts';
import { CONTACT_OPERATIONS } from '../../operation/connect/contact/operations.ts';
import { CONTACT_RULES } from '../../operation/connect/contact/rules.ts';
import { OPERATIONS, operationAt } from '../../operation/operations.ts';
import { readExtract } from './extracts.ts';

/** A schema of the client: kind, namespace, name, traits, then what the kind has. */
type Schema = readonly [number, string, string, Readonly<Record<string, unknown>>, ...unknown[]];
const schemaOf = (name: string) => (sdk as unknown as Record<string, Schema>)[`${name}$`];
const ofConnect = OPERATIONS.filter(({ service }) => service.signingName === 'connect');

describe('the registry', () => {
  it('has an id of its own for each operation', () => {
    expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
  });

  it('has no path that two operations could mean', () => {
    const example = (uri: string) => uri.replace(/\{\w+\}/g, 'x');
    for (const { id, method, uri } of OPERATIONS) {
      const found = OPERATIONS.filter(
        (other) => other.method === method && other.template.labelsIn(example(uri)),
      );
      expect(found.map((other) => other.id)).toEqual([id]);
    }
  });
});

it('the operations of Connect are those of the extract', () => {
  const published = Object.keys(readExtract('connect').operations);
  expect(ofConnect.map(({ name }) => name).sort()).toEqual(published.sort());
});

describe('the operations of Connect against the client’s model', () => {
  it('names only errors that the client knows', () => {
    for (const error of ofConnect.flatMap(({ errors }) => Object.keys(errors))) {
      expect(schemaOf(error)?.[2]).toBe(error);
    }
  });

  it('shows only members that Contact has', () => {
    expect(schemaOf('Contact')?.[4]).toEqual(expect.arrayContaining(Object.keys(CONTACT_MEMBERS)));
  });

  it('refuses a call only with errors that its operation has', () => {
    for (const rule of Object.values(CONTACT_RULES)) {
      const only: readonly string[] | null = 'only' in rule ? rule.only : null;
      for (const { id, errors } of CONTACT_OPERATIONS) {
        if (only?.includes(id) ?? true) expect(Object.keys(errors)).toContain(rule.error);
      }
    }
  });
});

it.each([
  ['PUT', '/contact/batch/i', 'BatchPutContact'],
  ['GET', '/contacts/i/c', 'DescribeContact'],
  ['GET', '/contact/attributes/i/c', 'GetContactAttributes'],
  ['POST', '/contact/attributes', 'UpdateContactAttributes'],
  ['POST', '/contact/stop', 'StopContact'],
  ['PUT', '/contact/batch/', 'BatchPutContact'],
  ['PUT', '/contact/batch/i/', undefined],
  ['GET', '/contact/stop', undefined],
  ['POST', '/contact/stop/', undefined],
  ['GET', '/contacts/i', undefined],
  ['GET', '/contacts/i/c/d', undefined],
  ['GET', '/', undefined],
])('%s %s is %s', (method, path, name) => {
  expect(operationAt(method, path)?.operation.name).toBe(name);
});

it('reads labels decoded, and refuses those that cannot be', () => {
  expect(operationAt('GET', '/contacts/a%2Fb/c%20d')?.labels).toEqual({
    InstanceId: 'a/b',
    ContactId: 'c d',
  });
  expect(operationAt('GET', '/contacts/a/%')?.labels).toBeNull();
  expect(operationAt('POST', '/contact/stop')?.labels).toEqual({});
});

it('knows a label between two other segments, and takes no character of a template for a wildcard', () => {
  const { labelsIn } = templateOf('/v1.0/campaigns/{id}/dial-requests');
  expect(labelsIn('/v1.0/campaigns/a%2fb/dial-requests')).toEqual({ id: 'a/b' });
  expect(labelsIn('/v1x0/campaigns/a/dial-requests')).toBeUndefined();
  expect(labelsIn('/v1.0/campaigns/a/b/dial-requests')).toBeUndefined();
  expect(labelsIn('/v1.0/campaigns/a/dial-requests/more')).toBeUndefined();
});
