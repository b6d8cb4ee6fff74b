import * as sdk from '@aws-sdk/client-connect';
import { MODELLED_ERRORS, REFUSALS } from '../../operation/connect/batch-put-contact/refusals.ts';
import { CONTACT_MEMBERS } from '../../operation/connect/contact/contact.ts';
import { CONTACT_RULES } from '../../operation/connect/contact/rules.ts';
import { labelsIn, OPERATION_NAMES, OPERATIONS, operationAt } from '../../operation/operations.ts';

/** A schema of the client: kind, namespace, name, traits, then what the kind has. */
type Schema = readonly [number, string, string, Readonly<Record<string, unknown>>, ...unknown[]];
const schemaOf = (name: string) => (sdk as unknown as Record<string, Schema>)[`${name}$`];

describe('the table of operations against the client’s model', () => {
  it.each(OPERATION_NAMES)('%s has its method and URI', (name) => {
    const { method, uri } = OPERATIONS[name];
    expect(schemaOf(name)?.[3]).toMatchObject({ http: [method, uri, 200] });
  });

  it('names only errors that the client knows, and the statuses that we give', () => {
    for (const error of OPERATION_NAMES.flatMap((name) => OPERATIONS[name].errors)) {
      expect(schemaOf(error)?.[2]).toBe(error);
    }
    expect(schemaOf('ContactNotFoundException')?.[3]).toMatchObject({ httpError: 410 });
    for (const error of MODELLED_ERRORS) {
      expect(schemaOf(error)?.[3]).toMatchObject({ httpError: REFUSALS[error].status });
    }
  });

  it('shows only members that Contact has', () => {
    expect(schemaOf('Contact')?.[4]).toEqual(expect.arrayContaining(Object.keys(CONTACT_MEMBERS)));
  });

  it('refuses a call only with errors that its operation has', () => {
    for (const rule of Object.values(CONTACT_RULES)) {
      const only = 'only' in rule ? rule.only : OPERATION_NAMES;
      for (const name of only) expect(OPERATIONS[name].errors).toContain(rule.error);
    }
  });
});

it.each([
  ['PUT', '/contact/batch/i', 'BatchPutContact'],
  ['GET', '/contacts/i/c', 'DescribeContact'],
  ['GET', '/contact/attributes/i/c', 'GetContactAttributes'],
  ['POST', '/contact/attributes', 'UpdateContactAttributes'],
  ['POST', '/contact/stop', 'StopContact'],
  ['GET', '/contact/stop', null],
  ['POST', '/contact/stop/', null],
  ['GET', '/contacts/i', null],
  ['GET', '/contacts/i/c/d', null],
  ['GET', '/', null],
])('%s %s is %s', (method, path, name) => {
  expect(operationAt(method, path)).toBe(name);
});

it('reads labels decoded, and refuses those that cannot be', () => {
  expect(labelsIn('DescribeContact', '/contacts/a%2Fb/c%20d')).toEqual({
    InstanceId: 'a/b',
    ContactId: 'c d',
  });
  expect(labelsIn('DescribeContact', '/contacts/a/%')).toBeNull();
  expect(labelsIn('StopContact', '/contact/stop')).toEqual({});
});
