/** Every enumeration of the request, each value with the month the published model gained it. */

import { documented, type Provenance } from '../aws/provenance.ts';

export interface EnumValue {
  readonly value: string;
  /** Month in which the published model gained the value. */
  readonly since: string;
}

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

export const ENUMS_PROVENANCE: Provenance = documented(
  'botocore service model connect/2017-08-08 and its change log (1.31.79, 1.35.31, 1.40.57)',
);

/** Whether `value` is one of the listed values. */
export function isListed(values: readonly EnumValue[], value: string | undefined): boolean {
  return values.some((row) => row.value === value);
}
