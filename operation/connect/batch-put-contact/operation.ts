/** The definition of BatchPutContact, for the emulator, the coverage matrix and the drift check. */

import { define } from '../../aws/definition/operation.ts';
import { documented } from '../../aws/provenance.ts';
import { OPERATION } from '../address.ts';
import type { Facts } from '../facts.ts';
import { CONNECT } from '../service.ts';
import { FAILURES } from './failures.ts';
import { oversizeBreach } from './read-request.ts';
import { ERRORS, REFUSALS } from './refusals.ts';
import { REQUEST_SHAPE } from './request-shape.ts';
import { RESPONSE_SHAPE } from './response-shape.ts';
import type { BatchPutContactRequest } from './shapes.ts';

export const BATCH_PUT_CONTACT = define<Facts, BatchPutContactRequest>()({
  id: OPERATION.name,
  name: OPERATION.name,
  service: CONNECT,
  method: OPERATION.method,
  uri: `${OPERATION.pathPrefix}{InstanceId}`,
  status: 200,
  errors: ERRORS,
  traits: ['idempotent'],
  provenance: documented('botocore service model connect/2017-08-08'),
  callers: 'outbound campaigns',
  callersProvenance: documented('API reference'),
  input: REQUEST_SHAPE,
  output: RESPONSE_SHAPE,
  lists: {
    items: 'ContactDataRequestList',
    id: 'RequestIdentifier',
    succeeded: 'SuccessfulRequestList',
    failed: 'FailedRequestList',
    code: 'FailureReasonCode',
    failures: FAILURES,
  },
  refusals: REFUSALS,
  breach: oversizeBreach,
});
