/** The cells of BatchPutContact. Some come from its definition, and the others concern batches and ClientTokens. */

import { BATCH_PUT_CONTACT } from '../../operation/connect/batch-put-contact/operation.ts';
import type { BatchPutContactRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import { ordinaryContact } from '../agreement/batch-put-contact/ordinary-contacts.ts';
import { ERROR_FORMS } from '../agreement/batch-put-contact/tolerances.ts';
import type { Interaction } from '../agreement/interaction.ts';
import { type Cell, never } from './cell.ts';
import { cellsOf } from './cells.ts';
import { type AnyDefinition, bodyOf, listIn, readingOf } from './reading.ts';

/** @param operation the definition of BatchPutContact. A test may pass a changed one. */
export function cellsOfBatches(operation: AnyDefinition = BATCH_PUT_CONTACT): Cell[] {
  return [...cellsOf(operation, ordinaryContact), ...batchCells(operation), ...toleranceCells()];
}

function batchCells(operation: AnyDefinition): Cell[] {
  const { itemsOf, codesIn, isSame } = readingOf(operation);
  const cell = (name: string, pinnedBy: Cell['pinnedBy'] = never): Cell => ({
    group: 'batch and token',
    name,
    pinnedBy,
  });
  const usedBefore = ({ given }: Interaction) =>
    given.find((state) => state.name === 'the ClientToken was used before')?.params;
  return [
    cell(
      'created and failed in one batch',
      ({ answer }) =>
        listIn(bodyOf(answer), 'SuccessfulRequestList').length > 0 && codesIn(answer).size > 0,
    ),
    cell('every failure code in one batch', ({ answer }) =>
      Object.keys(operation.lists?.failures ?? {}).every((code) => codesIn(answer).has(code)),
    ),
    cell('InstanceId as an ARN', ({ request }) => asBatch(request).InstanceId.startsWith('arn:')),
    cell(
      'ClientToken made by the SDK',
      ({ request }) => asBatch(request).ClientToken === undefined,
    ),
    cell('replay: token and batch sent again', (interaction) => {
      const before = usedBefore(interaction);
      return (
        interaction.answer.kind === 'result' &&
        before?.clientToken === asBatch(interaction.request).ClientToken &&
        isSame(before?.contacts, itemsOf(interaction))
      );
    }),
    cell('token reused for another batch', (interaction) => {
      const before = usedBefore(interaction);
      return (
        interaction.pins === 'IdempotencyException' &&
        before?.clientToken === asBatch(interaction.request).ClientToken &&
        !isSame(before?.contacts, itemsOf(interaction))
      );
    }),
    cell('token reused for another instance'),
    cell('token in other case is another token'),
    cell('token after its lifetime is new'),
    cell('token of a refused call is not used up'),
    cell('equal calls in flight together'),
    cell('empty ClientToken counts as absent'),
    cell('two items without an identifier'),
    cell('unknown member in a request is ignored'),
    cell('order of the result lists'),
  ];
}

/** Answers that no provider promises. Each name is the `pins` of the Tolerance that covers the answer. */
const UNPROMISED = [
  'unlisted code',
  'unlisted member',
  'null list',
  'no list',
  'absent members',
  'error that is not JSON',
] as const;

function toleranceCells(): Cell[] {
  return [
    ...ERROR_FORMS.map(
      (form): Cell => ({
        group: 'error encoding',
        name: form,
        pinnedBy: ({ answer }) => form === 'x-amzn-errortype, plain' && answer.kind === 'error',
        toleratedBy: ({ pins }) => pins === `error name in ${form}`,
      }),
    ),
    ...UNPROMISED.map(
      (name): Cell => ({
        group: 'answer to tolerate',
        name,
        pinnedBy: never,
        toleratedBy: ({ pins }) => pins === name,
      }),
    ),
  ];
}

function asBatch(request: object): BatchPutContactRequest {
  return request as BatchPutContactRequest;
}
