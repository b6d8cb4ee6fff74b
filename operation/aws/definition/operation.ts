/** The definition of an operation: its model, its refusals and its answer. */

import type { ReadAs } from '../shape/read.ts';
import { hasBody } from '../shape/shapes.ts';
import { writeAnswer } from '../shape/write.ts';
import { type Template, templateOf } from '../uri.ts';
import type { FrontDoorFacts } from './facts.ts';
import type { ModelledOperation, OperationModel } from './model.ts';
import { byStage, type Refusal, type RefusalsAt, type RefusalTable } from './refusals.ts';

/** The inputs of an answer, in addition to the request. */
export interface Occasion<Facts extends FrontDoorFacts> {
  /** The facts at the time when the call arrived. */
  readonly facts: Facts;
  /** Epoch milliseconds. */
  readonly now: number;
  /** A random UUID. */
  readonly newId: () => string;
}

/** The JSON of a success, or a refusal by one of the operation's own rules. */
export type Answered = { readonly answer: object } | { readonly refusal: Refusal };

/** @typeParam Request the type of the values of `input`. */
export interface OperationDefinition<Facts extends FrontDoorFacts, Request> extends OperationModel {
  readonly refusals: RefusalTable<Facts>;
  /** Finds a breach of a bound that applies to several members together; null if there is no breach. */
  breach?(request: Request, bodyBytes: number, facts: Facts): ReadAs<never> | null;
  /** Makes the answer of an operation that stores nothing. Other operations have a step in emulator/call/steps/steps.ts. */
  answer?(request: Request, occasion: Occasion<Facts>): Answered;
}

/** A definition, with the values that are derived from it once. */
export interface Operation<Facts extends FrontDoorFacts = FrontDoorFacts, Request = unknown>
  extends OperationDefinition<Facts, Request> {
  readonly template: Template;
  readonly readsBody: boolean;
  readonly refusalsAt: RefusalsAt<Facts>;
}

/** @typeParam Definition the literal type, so that the types of ids and answers are known in a registry. */
export function define<Facts extends FrontDoorFacts, Request>() {
  return <const Definition extends OperationDefinition<Facts, Request>>(
    definition: Definition,
  ): Definition & Operation<Facts, Request> => ({
    ...definition,
    template: templateOf(definition.uri),
    readsBody: hasBody(definition.input),
    refusalsAt: byStage<Facts>(definition.refusals),
  });
}

/**
 * The JSON body of an error. If the operation's model has the error, the body has its members, and the text is in
 * the member that the service uses; else the body has only `message`.
 */
export function errorBody(
  operation: ModelledOperation | null,
  { name, message, members }: Refusal,
): string {
  const shape =
    operation !== null && Object.hasOwn(operation.errors, name)
      ? operation.service.errors[name]
      : undefined;
  if (!operation || !shape) return JSON.stringify({ message });
  return writeAnswer(shape, { ...members, [operation.service.errorText]: message }).body;
}
