/** Compares a definition with the installed AWS SDK, or with a published model in a file. */

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { OperationModel } from '../../operation/aws/definition/model.ts';
import { BATCH_PUT_CONTACT } from '../../operation/connect/batch-put-contact/operation.ts';
import type { CheckResult, DriftResult } from '../../run/run.ts';
import { UserError } from '../../system/errors.ts';
import { botocoreModel } from './botocore.ts';
import { compare } from './compare.ts';
import type { Model } from './model.ts';
import { ourModel } from './ours.ts';
import { sdkModel } from './sdk.ts';
import { smithyModel } from './smithy.ts';

/** @throws UserError if the SDK exports no schema. */
export function driftFromSdk(operation: OperationModel = BATCH_PUT_CONTACT): DriftResult {
  return driftFrom(sdkModel(operation), operation);
}

/** @throws UserError if the file cannot be read, or is not a Smithy or botocore model with the operation. */
export function driftFromFile(
  file: string,
  operation: OperationModel = BATCH_PUT_CONTACT,
): DriftResult {
  return driftFrom(readModel(file, operation), operation);
}

export function driftFrom(theirs: Model, operation: OperationModel): DriftResult {
  return { against: theirs.source, differences: compare(ourModel(operation), theirs) };
}

/** A breaking difference fails the check. Other differences are only reported. */
export function driftCheck({ against, differences }: DriftResult): CheckResult {
  const breaking = differences.filter(({ level }) => level === 'breaking');
  return {
    name: 'the definition agrees with the published model',
    verdict: breaking.length === 0 ? 'pass' : 'fail',
    detail:
      breaking.length === 0
        ? { kind: 'no breaking drift', against, differences: differences.length }
        : {
            kind: 'problems',
            problems: breaking.map(({ change }) => ({ kind: 'drift', against, change })),
          },
  };
}

/** Reads a Smithy JSON AST or a botocore service-2.json. */
function readModel(file: string, operation: OperationModel): Model {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`the model ${file} cannot be read (${why})`);
  }
  try {
    const name = basename(file);
    const model = smithyModel(json, name, operation) ?? botocoreModel(json, name, operation);
    if (model) return model;
  } catch (error) {
    throw new UserError(`the model ${file} is not whole: ${(error as Error).message}`);
  }
  throw new UserError(
    `${file} is neither a Smithy JSON AST nor a botocore service-2.json that has ${operation.name}`,
  );
}
