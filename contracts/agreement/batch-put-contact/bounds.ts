/** Interactions at each bound of the model and one past it, and interactions without each required member. */

import { assumed, documented } from '../../../operation/aws/provenance.ts';
import type { Shape } from '../../../operation/aws/shape/shapes.ts';
import { BATCH_PUT_CONTACT } from '../../../operation/connect/batch-put-contact/operation.ts';
import { BODY_SHAPE } from '../../../operation/connect/batch-put-contact/request-shape.ts';
import type { BatchPutContactBody } from '../../../operation/connect/batch-put-contact/shapes.ts';
import { LIMITS } from '../../../operation/connect/limits.ts';
import { type Edge, edgesOf, LONGEST_IN_PACT } from '../edges.ts';
import { type Claim, refusedWith, tokenFor } from '../interaction.ts';
import { changedAt, type Place, placesIn } from '../places.ts';
import { ORDINARY_CAMPAIGN, ordinaryDay } from '../states.ts';
import { type BatchInteraction, ofBatch, requestOf } from './batch.ts';
import { CLAIMS, MODEL } from './claims.ts';
import { FULL_CONTACT, ordinaryContact } from './ordinary-contacts.ts';
import { decidedAnswer } from './result-answer.ts';

/** Makes an interaction for each edge of each bounded text and list of the body. */
export function edgeInteractions(): BatchInteraction[] {
  return placesIn(BODY_SHAPE).flatMap((place) => {
    const { shape } = place;
    if (!('limit' in shape) || shape.limit === undefined) return [];
    return (
      edgesOf(shape.limit)
        .filter(({ length }) => length <= LONGEST_IN_PACT)
        // Two other interactions have the most contacts and one more: the full batch and that of InvalidRequestException.
        .filter(({ length }) => shape.kind !== 'list' || length < LIMITS.contacts.max)
        .map((edge) => edgeInteraction(place, edge))
    );
  });
}

/** Makes an interaction for each required member, in which that member is absent. */
export function requiredInteractions(): BatchInteraction[] {
  return placesIn(BODY_SHAPE)
    .filter(({ required }) => required)
    .map((place) =>
      refused(`a batch without the required ${place.path}`, changed(place, undefined), {
        what: `${place.path} is required`,
        ...MODEL,
      }),
    );
}

function edgeInteraction(place: Place, { length, inside, words }: Edge): BatchInteraction {
  const unit = place.shape.kind === 'list' ? 'members' : 'characters';
  const description = `a batch with ${place.path} of ${length} ${unit}, ${words}`;
  const body = changed(place, ofLength(place.shape, length), description);
  const claim = { what: `the bound of ${place.path}`, ...MODEL };
  if (!inside) return refused(description, body, claim);
  const answer = decidedAnswer(body.ContactDataRequestList);
  return ofBatch({
    description,
    pins: null,
    group: 'bounds',
    given: [ordinaryDay(campaignsIn(body))],
    request: requestOf(body),
    answer,
    provenance: [
      claim,
      CLAIMS.contactId,
      CLAIMS.requestId,
      ...(Object.hasOwn(answer.body ?? {}, 'FailedRequestList') ? [FAILS_ITEM] : []),
    ],
  });
}

const FAILS_ITEM: Claim = {
  what: 'a value within the bound that is no address fails its item',
  ...assumed('no source says so'),
};

/** Campaigns that the contacts name. */
function campaignsIn({ ContactDataRequestList: contacts }: BatchPutContactBody): string[] {
  const ids = contacts.flatMap(({ Campaign }) => Campaign?.CampaignId ?? []);
  return [...new Set(ids)].filter((id) => id !== ORDINARY_CAMPAIGN);
}

function changed({ path, steps }: Place, to: unknown, token = path): BatchPutContactBody {
  const body = {
    ClientToken: tokenFor(`${to === undefined ? 'without' : 'edge'} ${token}`),
    ContactDataRequestList: [FULL_CONTACT],
  };
  return changedAt(body, steps, to);
}

function ofLength(shape: Shape, length: number): unknown {
  if (shape.kind !== 'list') return 'x'.repeat(length);
  return Array.from({ length }, (_, i) => ordinaryContact(i + 1));
}

function refused(
  description: string,
  body: BatchPutContactBody,
  claim: BatchInteraction['provenance'][number],
): BatchInteraction {
  const name = 'InvalidRequestException';
  const answer = refusedWith(BATCH_PUT_CONTACT, name);
  return ofBatch({
    description,
    pins: null,
    group: 'bounds',
    given: [ordinaryDay()],
    request: requestOf(body),
    answer,
    provenance: [
      claim,
      { what: `${answer.status} ${name}`, ...documented('model and API reference') },
      { what: `that this gives ${name}`, ...assumed('no source says which error it is') },
      CLAIMS.requestId,
    ],
  });
}
