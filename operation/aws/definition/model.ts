/** What a published model says of a service and of one of its operations. */

import type { Provenance } from '../provenance.ts';
import type { RequestShape, StructureShape } from '../shape/shapes.ts';
import type { FailureTable } from './item-failures.ts';

export interface AwsService {
  /** In the credential scope of a signature, and before the colon of an IAM action. */
  readonly signingName: string;
  readonly endpointPrefix: string;
  readonly apiVersion: string;
  /** The member of a modelled error that has its text. At the front door it is always `message`. */
  readonly errorText: 'Message' | 'message';
}

/** An operation that answers item by item. */
export interface ItemLists {
  /** Member of the request: the list of items. */
  readonly items: string;
  /** Member of an item, and of its result, that tells items apart. */
  readonly id: string;
  /** Members of the answer: the results of items that succeeded, and of those that failed. */
  readonly succeeded: string;
  readonly failed: string;
  /** Member of a failed result: its failure code. */
  readonly code: string;
  readonly failures: FailureTable;
}

export interface OperationModel {
  /** In logs, metrics and rate buckets: unique among all operations of all services. */
  readonly id: string;
  /** As its model names it. */
  readonly name: string;
  readonly service: AwsService;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As the model writes it: a label in braces stands for one path segment. */
  readonly uri: string;
  /** HTTP status of a success. */
  readonly status: number;
  /** The errors that the published model lists, each with its HTTP status. */
  readonly errors: Readonly<Record<string, number>>;
  /** Of method, URI, errors and shapes. */
  readonly provenance: Provenance;
  readonly callers: 'outbound campaigns' | 'the account';
  readonly callersProvenance: Provenance;
  readonly input: RequestShape;
  readonly output: StructureShape;
  readonly lists?: ItemLists;
}
