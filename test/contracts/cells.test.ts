/** Cells of a definition that holds its requests to more than BatchPutContact's does. */

import type { Interaction } from '../../contracts/agreement/interaction.ts';
import { cellsOf } from '../../contracts/coverage/cells.ts';
import type { AnyDefinition } from '../../contracts/coverage/reading.ts';
import { documented } from '../../operation/aws/provenance.ts';
import { BATCH_PUT_CONTACT } from '../../operation/connect/batch-put-contact/operation.ts';

const bound = (min: number, max: number) => ({ min, max, provenance: documented('a test') });
const { lists: _, ...operation } = BATCH_PUT_CONTACT;

const DIALER: AnyDefinition = {
  ...operation,
  errors: { ValidationException: 400, ConflictException: 409 },
  refusals: { ValidationException: { stage: 'body', status: 400 } },
  input: {
    kind: 'structure',
    members: {
      id: { kind: 'string', limit: bound(0, 3) },
      name: { kind: 'string', pattern: '[a-z]+' },
      share: { kind: 'double', range: bound(0, 1) },
      mode: { kind: 'string', enum: { name: 'Mode', values: [{ value: 'fast' }] } },
      config: { kind: 'union', members: { a: { kind: 'boolean' }, b: { kind: 'boolean' } } },
    },
    required: ['id', 'name'],
    path: ['id'],
  },
  output: { kind: 'structure', members: { arn: { kind: 'string', limit: bound(20, 500) } } },
};

const cells = cellsOf(DIALER, null);
const names = (group: string) => cells.flatMap((cell) => (cell.group === group ? [cell.name] : []));

const call = (request: object, answer: object) =>
  ({ pins: null, request, answer }) as unknown as Interaction;
const refused = { kind: 'error', name: 'ValidationException', status: 400 };
const taken = { kind: 'result', body: {} };
const pinned = (request: object, answer: object) =>
  cells.flatMap((cell) => (cell.pinnedBy(call(request, answer)) ? [cell.name] : []));

it('come from its errors, enums, members and bounds', () => {
  expect(names('modelled error')).toEqual(['ValidationException', 'ConflictException']);
  expect(names('failure code')).toEqual([]);
  expect(names('enum value')).toEqual(['mode fast', 'mode that is not listed']);
  expect(names('request member')).toEqual(
    ['name', 'share', 'mode', 'config', 'config.a', 'config.b'].flatMap((name) => [
      `${name} present`,
      `${name} absent`,
    ]),
  );
  expect(names('bound')).toEqual([
    'name outside its pattern',
    ...['share of 0', 'share of -1', 'share of 1', 'share of 2'],
    ...['id of 3', 'id of 4'],
    ...['arn of 19', 'arn of 20', 'arn of 500', 'arn of 501'],
  ]);
});

it.each<[string, object, object, string[]]>([
  ['a text outside its pattern', { name: 'A' }, refused, ['name outside its pattern']],
  ['the same, taken', { name: 'A' }, taken, []],
  ['a number at its bound', { share: 1 }, taken, ['share of 1']],
  ['the same, refused', { share: 1 }, refused, []],
  ['a number past its bound', { share: 2 }, refused, ['share of 2']],
  ['an unlisted value', { mode: 'slow' }, refused, ['mode that is not listed']],
  ['the same, taken', { mode: 'slow' }, taken, []],
  ['a long label', { id: 'abcd' }, refused, ['id of 4']],
])('%s pins what it should', (_, request, answer, expected) => {
  const found = pinned(request, answer).filter((name) => !/ (present|absent)$/.test(name));
  expect(found).toEqual(expected);
});
