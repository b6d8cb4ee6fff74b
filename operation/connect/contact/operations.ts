/** The operations on a contact that BatchPutContact created. */

import { define } from '../../aws/definition/operation.ts';
import { assumed, documented } from '../../aws/provenance.ts';
import type { Facts } from '../facts.ts';
import { CONNECT_FRONT_DOOR } from '../refusals.ts';
import { CONNECT, errors } from '../service.ts';
import { DESCRIBED } from './contact.ts';
import { ATTRIBUTES, type ContactMembers, REQUESTS } from './request.ts';

const defineCall = define<Facts, ContactMembers>();

const NOTHING = { kind: 'structure', members: {} } as const;

const ofConnect = {
  service: CONNECT,
  status: 200,
  provenance: documented('botocore service model connect/2017-08-08'),
  callers: 'the account',
  callersProvenance: assumed('an IAM identity with connect:*; policies are not emulated'),
  refusals: CONNECT_FRONT_DOOR,
} as const;

export const CONTACT_OPERATIONS = [
  defineCall({
    ...ofConnect,
    id: 'DescribeContact',
    name: 'DescribeContact',
    method: 'GET',
    uri: '/contacts/{InstanceId}/{ContactId}',
    errors: errors(
      'InvalidRequestException',
      'InvalidParameterException',
      'ResourceNotFoundException',
      'InternalServiceException',
      'ThrottlingException',
    ),
    input: REQUESTS.DescribeContact,
    output: DESCRIBED,
  }),
  defineCall({
    ...ofConnect,
    id: 'GetContactAttributes',
    name: 'GetContactAttributes',
    method: 'GET',
    uri: '/contact/attributes/{InstanceId}/{InitialContactId}',
    errors: errors(
      'InvalidRequestException',
      'ResourceNotFoundException',
      'InternalServiceException',
    ),
    input: REQUESTS.GetContactAttributes,
    output: { kind: 'structure', members: { Attributes: ATTRIBUTES } },
  }),
  defineCall({
    ...ofConnect,
    id: 'UpdateContactAttributes',
    name: 'UpdateContactAttributes',
    method: 'POST',
    uri: '/contact/attributes',
    errors: errors(
      'InvalidRequestException',
      'InvalidParameterException',
      'ResourceNotFoundException',
      'InternalServiceException',
      'InvalidActiveRegionException',
    ),
    input: REQUESTS.UpdateContactAttributes,
    output: NOTHING,
  }),
  defineCall({
    ...ofConnect,
    id: 'StopContact',
    name: 'StopContact',
    method: 'POST',
    uri: '/contact/stop',
    errors: errors(
      'InvalidRequestException',
      'ContactNotFoundException',
      'InvalidParameterException',
      'ResourceNotFoundException',
      'InternalServiceException',
      'InvalidActiveRegionException',
    ),
    input: REQUESTS.StopContact,
    output: NOTHING,
  }),
] as const;
