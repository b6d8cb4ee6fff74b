/** Writes the tables of a definition, as TypeScript, from an extract: shapes, types and operations. */

import type { Extract } from './model.ts';
import { operationsTable } from './operations-table.ts';
import { shapesTable } from './shapes-table.ts';
import { typesTable } from './types-table.ts';

/** The text of each file by its name. */
export type Tables = Readonly<Record<'shapes.ts' | 'types.ts' | 'operations.ts', string>>;

/** @throws Error for what the definition's shapes cannot say, such as a shape that contains itself. */
export function tablesOf(extract: Extract, name: string): Tables {
  return {
    'shapes.ts': shapesTable(extract, name),
    'types.ts': typesTable(extract, name),
    'operations.ts': operationsTable(extract, name),
  };
}
