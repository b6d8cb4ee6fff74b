/** The facts of a published model about a service and one of its operations. */

import type { Provenance } from '../provenance.ts';
import type { AnswerShape, RequestShape } from '../shape/shapes.ts';
import type { FailureTable } from './item-failures.ts';

export interface AwsService {
  /** The name in the credential scope of a signature, and before the colon of an IAM action. */
  readonly signingName: string;
  readonly endpointPrefix: string;
  readonly apiVersion: string;
  /** The protocol, by its name in the model. */
  readonly protocol: 'rest-json';
  /** The member of a modelled error that holds the text. Errors of the front door always use `message`. */
  readonly errorText: 'Message' | 'message';
  /** The members of each modelled error, by the error's name. */
  readonly errors: Readonly<Record<string, AnswerShape>>;
}

/** An operation that answers item by item. */
export interface ItemLists {
  /** Member of the request: the list of items. */
  readonly items: string;
  /** Member of an item, and of its result, that identifies the item. */
  readonly id: string;
  /** Members of the answer: the results of items that succeeded, and of those that failed. */
  readonly succeeded: string;
  readonly failed: string;
  /** Member of a failed result: its failure code. */
  readonly code: string;
  readonly failures: FailureTable;
}

/** What the published model says about an operation. */
export interface ModelledOperation {
  /** The name in the model. */
  readonly name: string;
  readonly service: AwsService;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The URI template of the model: a label in braces stands for one path segment. */
  readonly uri: string;
  /** HTTP status of a success. */
  readonly status: number;
  /** The errors that the published model lists, each with its HTTP status. */
  readonly errors: Readonly<Record<string, number>>;
  readonly traits?: readonly OperationTrait[];
  /** Provenance of method, URI, errors and shapes. */
  readonly provenance: Provenance;
  readonly input: RequestShape;
  readonly output: AnswerShape;
}

export type OperationTrait = 'idempotent' | 'readonly' | 'deprecated';

export interface OperationModel extends ModelledOperation {
  /** The name in logs, metrics and rate buckets: unique among the operations of all services. */
  readonly id: string;
  readonly callers: 'outbound campaigns' | 'the account';
  readonly callersProvenance: Provenance;
  readonly lists?: ItemLists;
  /** The published rate of this operation; absent: that of the endpoint. */
  readonly quota?: RateQuota;
}

/** A token bucket of each account and Region. */
export interface RateQuota {
  readonly ratePerSecond: number;
  /** The most requests that can be saved up. */
  readonly burst: number;
  readonly provenance: Provenance;
}
