/** The published limits of the operation. Each number is written only here. */

import { documented } from '../aws/provenance.ts';
import type { Limit } from '../aws/shape/limit.ts';

const model = documented('botocore service model connect/2017-08-08');
const quotas = documented('Amazon Connect service quotas');

/** Lengths are in Unicode characters and counts in members, unless the name says otherwise. */
export const LIMITS = {
  instanceId: { min: 1, max: 100, provenance: model },
  clientToken: { min: 0, max: 500, provenance: model },
  contacts: { min: 1, max: 25, provenance: model },
  requestIdentifier: { min: 0, max: 80, provenance: model },
  endpointAddress: { min: 0, max: 256, provenance: model },
  campaignId: { min: 1, max: 100, provenance: model },
  attributeKey: { min: 1, max: 32_767, provenance: model },
  attributeValue: { min: 0, max: 32_767, provenance: model },
  previewSeconds: { min: 0, provenance: model },
  contactId: { min: 1, max: 256, provenance: model },
  agentId: { min: 1, max: 256, provenance: model },
  seconds: { min: 0, provenance: model },
  attributesBytes: { max: 32_768, provenance: quotas },
} as const satisfies Record<string, Limit>;

/**
 * Token bucket for each operation, account and Region: requests
 * a second, and burst. It applies to BatchPutContact and to each operation on a contact.
 */
export const QUOTA = { ratePerSecond: 10, burst: 15, provenance: quotas } as const;

/** Requests a second, and the most requests that can be saved up; null means no quota. */
export type Quota = { readonly ratePerSecond: number; readonly burst: number } | null;
