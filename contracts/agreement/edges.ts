/** Interactions at each bound of the model and one past it, and interactions without each required member. */

import { assumed, documented } from '../../operation/aws/provenance.ts';
import type { Limit } from '../../operation/aws/shape/limit.ts';
import type { Shape } from '../../operation/aws/shape/shapes.ts';
import { REFUSALS } from '../../operation/connect/batch-put-contact/refusals.ts';
import { BODY_SHAPE } from '../../operation/connect/batch-put-contact/request-shape.ts';
import type { BatchPutContactBody } from '../../operation/connect/batch-put-contact/shapes.ts';
import { LIMITS } from '../../operation/connect/limits.ts';
import { CLAIMS, MODEL } from './claims.ts';
import { type Interaction, requestOf, tokenFor } from './interaction.ts';
import { FULL_CONTACT, ordinaryContact } from './ordinary-contacts.ts';
import { changedAt, type Place, placesIn } from './places.ts';
import { decidedAnswer } from './result-answer.ts';
import { ordinaryDay } from './states.ts';

/** A length at an edge of a bound. */
export interface Edge {
  readonly length: number;
  readonly inside: boolean;
  readonly words: string;
}

/** The longest text in the pact, which keeps the pact readable. The tests of the request reader use longer texts. */
export const LONGEST_IN_PACT = 1_000;

/** Returns the minimum and the maximum of a bound, and one past each. A minimum of 0 has no edges. */
export function edgesOf({ min = 0, max }: Limit): Edge[] {
  return [
    ...(min > 0
      ? [
          { length: min - 1, inside: false, words: 'one too few' },
          { length: min, inside: true, words: 'the least' },
        ]
      : []),
    ...(max === undefined
      ? []
      : [
          { length: max, inside: true, words: 'the most' },
          { length: max + 1, inside: false, words: 'one too many' },
        ]),
  ];
}

/** Makes an interaction for each edge of each bounded text and list of the body. */
export function edgeInteractions(): Interaction[] {
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
export function requiredInteractions(): Interaction[] {
  return placesIn(BODY_SHAPE)
    .filter(({ required }) => required)
    .map((place) =>
      refused(`a batch without the required ${place.path}`, changed(place, undefined), {
        what: `${place.path} is required`,
        ...MODEL,
      }),
    );
}

function edgeInteraction(place: Place, { length, inside, words }: Edge): Interaction {
  const unit = place.shape.kind === 'list' ? 'members' : 'characters';
  const description = `a batch with ${place.path} of ${length} ${unit}, ${words}`;
  const body = changed(place, ofLength(place.shape, length), description);
  const claim = { what: `the bound of ${place.path}`, ...MODEL };
  if (!inside) return refused(description, body, claim);
  return {
    description,
    pins: null,
    given: [ordinaryDay({ emptyLists: 'present' })],
    request: requestOf(body),
    answer: decidedAnswer(body.ContactDataRequestList),
    provenance: [claim, CLAIMS.contactId, CLAIMS.requestId, CLAIMS.emptyLists],
  };
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
  claim: Interaction['provenance'][number],
): Interaction {
  const name = 'InvalidRequestException';
  const { status, modelled } = REFUSALS[name];
  return {
    description,
    pins: null,
    given: [ordinaryDay()],
    request: requestOf(body),
    answer: { kind: 'error', name, status, modelled },
    provenance: [
      claim,
      { what: `${status} ${name}`, ...documented('model and API reference') },
      { what: `that this gives ${name}`, ...assumed('no source says which error it is') },
      CLAIMS.requestId,
    ],
  };
}
