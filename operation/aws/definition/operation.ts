/** An operation as a definition: its model, what refuses a call, and what answers it. */

import type { ReadAs } from '../shape/read.ts';
import { hasBody } from '../shape/shapes.ts';
import { type Template, templateOf } from '../uri.ts';
import type { FrontDoorFacts } from './facts.ts';
import type { OperationModel } from './model.ts';
import { byStage, type Refusal, type RefusalsAt, type RefusalTable } from './refusals.ts';

/** What an answer is made with, besides the request. */
export interface Occasion<Facts extends FrontDoorFacts> {
  /** The facts that the call arrived to. */
  readonly facts: Facts;
  /** Epoch milliseconds. */
  readonly now: number;
  /** A random UUID. */
  readonly newId: () => string;
}

/** JSON of a success, or a refusal by a rule of the operation's own. */
export type Answered = { readonly answer: object } | { readonly refusal: Refusal };

/** @typeParam Request the type that values of `input` have. */
export interface OperationDefinition<Facts extends FrontDoorFacts, Request> extends OperationModel {
  readonly refusals: RefusalTable<Facts>;
  /** The breach of a bound that no member has by itself; null where there is none. */
  breach?(request: Request, bodyBytes: number, facts: Facts): ReadAs<never> | null;
  /** Of an operation that keeps nothing. Any other has a step in emulator/call/steps.ts. */
  answer?(request: Request, occasion: Occasion<Facts>): Answered;
}

/** A definition, and what is made from it once. */
export interface Operation<Facts extends FrontDoorFacts = FrontDoorFacts, Request = unknown>
  extends OperationDefinition<Facts, Request> {
  readonly template: Template;
  readonly readsBody: boolean;
  readonly refusalsAt: RefusalsAt<Facts>;
}

/** @typeParam Definition kept as it is written, so that a registry knows ids and answers by their types. */
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

/** The JSON body of an error: its text stands where the service has it if the operation's model has the error. */
export function errorBody(operation: OperationModel | null, { name, message }: Refusal): string {
  const modelled = operation !== null && Object.hasOwn(operation.errors, name);
  return JSON.stringify({ [modelled ? operation.service.errorText : 'message']: message });
}
