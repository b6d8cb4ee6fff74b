/** Writes the service and the operations of an extract. */

import type { Extract, ModelOperation } from './model.ts';
import { errorNames, operationsOf, shapeOf } from './parts.ts';
import { constant, header, lines, quoted } from './text.ts';

export function operationsTable(extract: Extract, name: string): string {
  const operations = operationsOf(extract);
  const { metadata } = extract;
  const errors = errorNames(extract);
  const shapes = operations.flatMap(({ input, output }) => [input?.shape, output?.shape]);
  const imported = new Set([...shapes, ...errors].filter((shape) => shape !== undefined));
  const types = [...new Set(shapes.filter((shape) => shape !== undefined))].sort();
  return [
    header('The operations', name, extract),
    `import type { AwsService, ModelledOperation } from '../../aws/definition/model.ts';`,
    `import { NOTHING } from '../../aws/shape/shapes.ts';`,
    'import {',
    ...['PROVENANCE', ...[...imported].map(constant)].sort().map((one) => `  ${one},`),
    `} from './shapes.ts';`,
    `import type {\n${types.map((type) => `  ${type},`).join('\n')}\n} from './types.ts';`,
    '',
    `export const SERVICE: AwsService = ${lines([
      `signingName: ${quoted(String(metadata.signingName ?? metadata.endpointPrefix))}`,
      `endpointPrefix: ${quoted(String(metadata.endpointPrefix))}`,
      `apiVersion: ${quoted(String(metadata.apiVersion))}`,
      `protocol: ${quoted(String(metadata.protocol))}`,
      `errorText: ${quoted(errorText(extract))}`,
      `errors: ${lines(errors.map((error) => `${error}: ${constant(error)}`)).replaceAll('\n', '\n  ')}`,
    ])};`,
    '',
    'export const MODEL = {',
    ...operations.map((operation) => `  ${operation.name}: ${operationText(operation, extract)},`),
    '} as const satisfies Readonly<Record<string, ModelledOperation>>;',
    '',
    'export type OperationName = keyof typeof MODEL;',
    '',
    '/** The type of the request of each operation. */',
    `export interface Requests ${lines(
      operations.map(
        ({ name: of, input }) =>
          `readonly ${of}: ${input?.shape ?? 'Readonly<Record<string, never>>'}`,
      ),
      ';',
    )}`,
    '',
    '/** The type of the answer of each operation. */',
    `export interface Answers ${lines(
      operations.map(
        ({ name: of, output }) =>
          `readonly ${of}: ${output?.shape ?? 'Readonly<Record<string, never>>'}`,
      ),
      ';',
    )}`,
    '',
  ].join('\n');
}

function operationText(operation: ModelOperation, extract: Extract): string {
  const { name, http, input, output, errors = [] } = operation;
  const traits = (['idempotent', 'readonly', 'deprecated'] as const).filter(
    (one) => operation[one],
  );
  const statuses = errors.map(
    ({ shape }) => `${shape}: ${shapeOf(shape, extract).error?.httpStatusCode}`,
  );
  return lines([
    `name: ${quoted(name)}`,
    'service: SERVICE',
    `method: ${quoted(http.method)}`,
    `uri: ${quoted(http.requestUri)}`,
    `status: ${http.responseCode ?? 200}`,
    `errors: ${lines(statuses).replaceAll('\n', '\n  ')}`,
    ...(traits.length ? [`traits: [${traits.map(quoted).join(', ')}]`] : []),
    'provenance: PROVENANCE',
    `input: ${input ? constant(input.shape) : 'NOTHING'}`,
    `output: ${output ? constant(output.shape) : 'NOTHING'}`,
  ]).replaceAll('\n', '\n  ');
}

/** The member of every error that has the text. */
function errorText(extract: Extract): string {
  const found = ['message', 'Message'].find((member) =>
    errorNames(extract).every((name) => shapeOf(name, extract).members?.[member]),
  );
  if (!found) throw new Error('the errors of the service have no common member for the text');
  return found;
}
