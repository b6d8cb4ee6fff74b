/** What the writers of the tables read in an extract. */

import type { Extract, ModelOperation, ModelShape } from './model.ts';

export function operationsOf({ operations }: Extract): ModelOperation[] {
  return Object.values(operations);
}

export function shapeOf(name: string, { shapes }: Extract): ModelShape {
  return shapes[name] as ModelShape;
}

export function errorNames(extract: Extract): string[] {
  return Object.keys(extract.shapes).filter((name) => shapeOf(name, extract).exception);
}

/** Bodies of restJson1 have seconds if the model names no format. */
export function formatOf({ timestampFormat = 'unixTimestamp' }: ModelShape, name: string) {
  switch (timestampFormat) {
    case 'iso8601':
      return 'date-time';
    case 'unixTimestamp':
      return 'epoch-seconds';
    default:
      throw new Error(`${name} has the format ${timestampFormat}, for which there is no shape`);
  }
}
