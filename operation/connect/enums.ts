/** The enumerations of the request. Each value has the month in which it was added to the published model. */

import { documented, type Provenance } from '../aws/provenance.ts';
import type { Enum, EnumValue } from '../aws/shape/enums.ts';

export const ENDPOINT_TYPES = [
  { value: 'TELEPHONE_NUMBER', since: '2023-11' },
  { value: 'VOIP', since: '2023-11' },
  { value: 'CONTACT_FLOW', since: '2023-11' },
  { value: 'CONNECT_PHONENUMBER_ARN', since: '2024-10' },
  { value: 'EMAIL_ADDRESS', since: '2024-10' },
] as const satisfies readonly EnumValue[];

export const OUTBOUND_STRATEGY_TYPES = [
  { value: 'AGENT_FIRST', since: '2025-10' },
] as const satisfies readonly EnumValue[];

export const ALLOWED_USER_ACTIONS = [
  { value: 'CALL', since: '2025-10' },
  { value: 'DISCARD', since: '2025-10' },
] as const satisfies readonly EnumValue[];

export type EndpointType = (typeof ENDPOINT_TYPES)[number]['value'];
export type OutboundStrategyType = (typeof OUTBOUND_STRATEGY_TYPES)[number]['value'];
export type AllowedUserAction = (typeof ALLOWED_USER_ACTIONS)[number]['value'];

/** The enumerations by their name in the model. */
export const ENUMS = {
  EndpointType: { name: 'EndpointType', values: ENDPOINT_TYPES },
  OutboundStrategyType: { name: 'OutboundStrategyType', values: OUTBOUND_STRATEGY_TYPES },
  AllowedUserAction: { name: 'AllowedUserAction', values: ALLOWED_USER_ACTIONS },
} as const satisfies Record<string, Enum>;

export const ENUMS_PROVENANCE: Provenance = documented(
  'botocore service model connect/2017-08-08 and its change log (1.31.79, 1.35.31, 1.40.57)',
);
