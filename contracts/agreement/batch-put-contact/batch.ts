/** What the interactions of BatchPutContact share. */

import { BATCH_PUT_CONTACT } from '../../../operation/connect/batch-put-contact/operation.ts';
import type {
  BatchPutContactBody,
  BatchPutContactRequest,
} from '../../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { type Interaction, type Parties, PROVIDER } from '../interaction.ts';

export const BATCH_PARTIES: Parties = { consumer: 'outbound-dialer', provider: PROVIDER };

export const BATCH_NOTE =
  'AWS lets no one but outbound campaigns call this operation: this pins what dialproof ' +
  'defines, from the sources under "provenance". It is not an observed answer of AWS.';

export type BatchInteraction = Interaction<BatchPutContactRequest>;

/** Completes an interaction with the operation. */
export function ofBatch(interaction: Omit<BatchInteraction, 'operation'>): BatchInteraction {
  return { operation: BATCH_PUT_CONTACT, ...interaction };
}

/** Makes a call with this body for the ordinary instance. */
export function requestOf(body: BatchPutContactBody): BatchPutContactRequest {
  return { InstanceId: ORDINARY_INSTANCE.id, ...body };
}
