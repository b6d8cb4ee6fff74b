/** SearchContacts, for the contacts that BatchPutContact created. */

import { define } from '../../aws/definition/operation.ts';
import { assumed, documented } from '../../aws/provenance.ts';
import type { Facts } from '../facts.ts';
import { CONNECT_FRONT_DOOR } from '../refusals.ts';
import { CONNECT, errors } from '../service.ts';
import type { SearchRequest } from './search.ts';
import { SEARCH_ANSWER, SEARCH_REQUEST } from './shapes.ts';

export const SEARCH_CONTACTS = define<Facts, SearchRequest>()({
  id: 'SearchContacts',
  name: 'SearchContacts',
  service: CONNECT,
  method: 'POST',
  uri: '/search-contacts',
  status: 200,
  provenance: documented('botocore service model connect/2017-08-08'),
  callers: 'the account',
  callersProvenance: assumed('an IAM identity with connect:*; policies are not emulated'),
  refusals: CONNECT_FRONT_DOOR,
  quota: {
    ratePerSecond: 0.5,
    burst: 1,
    provenance: documented('Amazon Connect service quotas'),
  },
  errors: errors(
    'InvalidRequestException',
    'InvalidParameterException',
    'ResourceNotFoundException',
    'InternalServiceException',
    'ThrottlingException',
  ),
  input: SEARCH_REQUEST,
  output: SEARCH_ANSWER,
});
