/** Interactions at the bounds of the model and one past them, and interactions without a required member. */

import { assumed } from '../../../operation/aws/provenance.ts';
import { wholly } from '../../../operation/aws/shape/pattern.ts';
import { bodyOf, type Shape } from '../../../operation/aws/shape/shapes.ts';
import type { DialItem } from '../../../operation/campaigns/failures.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import type { AnyOperation } from '../../../operation/operations.ts';
import { type Edge, edgesOf, LONGEST_IN_PACT } from '../edges.ts';
import { type Claim, type Interaction, refusedWith } from '../interaction.ts';
import { changedAt, type Place, placesIn } from '../places.ts';
import { campaignIn, interaction } from './claims.ts';
import { batch, requestOf } from './dial-requests.ts';
import { CAMPAIGN_ID, CAMPAIGN_NAME, campaignMembers, dialItem } from './examples.ts';
import { type CampaignVersion, operationOf } from './version.ts';

export function boundInteractions(version: CampaignVersion): Interaction[] {
  const { put, items } = version;
  const request = requestOf(version, [dialItem(1)]);
  const stateBatch = operationOf(version, 'GetCampaignStateBatch');
  const create = operationOf(version, 'CreateCampaign');
  const list = operationOf(version, 'ListCampaigns');
  const creation = {
    name: CAMPAIGN_NAME,
    connectInstanceId: ORDINARY_INSTANCE.id,
    ...campaignMembers(version.number),
  };
  return [
    ...inside(version),
    ...outside(version, put, request).filter(({ description }) => !isOfOtherChannel(description)),
    ...outside(version, stateBatch, { campaignIds: [CAMPAIGN_ID] }),
    ...outside(version, create, creation, ['name']),
    ...outside(version, list, { maxResults: 1, nextToken: 'next' }),
    tooMany(version, put, { ...request, [items]: manyDials(version, 26) }),
    ...['x'.repeat(257), 'no id'].map((id) =>
      invalid(version, put, {
        description: `${put.name} for an id ${id.length > 256 ? 'of 257, one too many' : 'outside its pattern'}`,
        request: requestOf(version, [dialItem(1)], id),
      }),
    ),
    tooMany(version, stateBatch, { campaignIds: Array.from({ length: 26 }, () => CAMPAIGN_ID) }),
  ];
}

/** Channels that are not emulated get 501 where AWS would take them. */
const isOfOtherChannel = (text: string): boolean => /\.(sms|email|whatsApp)\b/.test(text);

function manyDials({ itemOf }: CampaignVersion, n: number): readonly object[] {
  return Array.from({ length: n }, (_, i) => itemOf(dialItem(i + 1)));
}

/** Dial requests with the longest texts. */
function inside(version: CampaignVersion): Interaction[] {
  const item = dialItem(1);
  const longest = (what: string, dial: DialItem, claims: readonly Claim[] = []) =>
    batch(version, {
      group: 'bounds',
      description: `a dial request with a ${what} as long as it can be`,
      dials: [dial],
      claims,
    });
  return [
    longest('clientToken', { ...item, clientToken: 'x'.repeat(200) }),
    // Fifteen digits are the most of E.164. Hyphens are not counted.
    longest('phone number', { ...item, phoneNumber: '+1-206-555-0101-----' }, [
      {
        what: 'hyphens in a phone number are ignored',
        ...assumed('the pattern allows them, and E.164 does not'),
      },
    ]),
  ];
}

/** An interaction past each edge, for each pattern, and without each required member. Another one has too many items. */
function outside(
  version: CampaignVersion,
  operation: AnyOperation,
  request: object,
  only?: readonly string[],
): Interaction[] {
  const body = bodyOf(operation.input);
  const breaches = placesIn(body).flatMap((place) =>
    only && !only.includes(place.path) && !place.required ? [] : breachesOf(place, request),
  );
  return breaches
    .filter(({ place }) => !only || only.includes(place.path) || place.steps.length === 1)
    .map(({ place, how, value }) =>
      invalid(version, operation, {
        description: `${operation.name} with ${place.path} ${how}`,
        request: changedAt(request, place.steps, value),
      }),
    );
}

interface Breach {
  readonly place: Place;
  readonly how: string;
  /** Undefined: the member is absent. */
  readonly value: unknown;
}

function breachesOf(place: Place, request: object): Breach[] {
  const { shape, required, steps } = place;
  // Only a member whose parent is in the request can be absent or wrong.
  if (!isReachable(request, steps)) return [];
  const found: Breach[] = [];
  if (required) found.push({ place, how: 'absent', value: undefined });
  if ('limit' in shape && shape.limit && shape.kind !== 'map') {
    for (const edge of edgesOf(shape.limit)) {
      if (
        edge.inside ||
        edge.length > LONGEST_IN_PACT ||
        (edge.length > MOST_ITEMS && shape.kind === 'list')
      )
        continue;
      found.push({ place, how: `of ${edge.length}, ${edge.words}`, value: ofLength(shape, edge) });
    }
  }
  if (
    shape.kind === 'string' &&
    shape.pattern !== undefined &&
    !wholly(shape.pattern).test(STRANGE)
  ) {
    found.push({ place, how: 'outside its pattern', value: STRANGE });
  }
  if ((shape.kind === 'integer' || shape.kind === 'double') && shape.range) {
    const { min, max } = shape.range;
    if (min !== undefined) found.push({ place, how: `of ${min - 1}`, value: min - 1 });
    if (max !== undefined) found.push({ place, how: `of ${max + 1}`, value: max + 1 });
  }
  return found;
}

const MOST_ITEMS = 25;
/** No pattern of the model allows it. */
const STRANGE = 'a b';

function isReachable(request: object, steps: readonly string[]): boolean {
  const parents = steps.slice(0, -1);
  let at: unknown = request;
  for (const step of parents) {
    at = step === '[]' ? (at as unknown[])[0] : (at as Record<string, unknown> | undefined)?.[step];
    if (at === undefined) return false;
  }
  return true;
}

function ofLength(shape: Shape, { length }: Edge): unknown {
  if (shape.kind === 'list') return Array.from({ length }, () => CAMPAIGN_ID);
  return shape.kind === 'string' && shape.pattern === '[\\d\\-+]*'
    ? '1'.repeat(length)
    : 'x'.repeat(length);
}

function tooMany(version: CampaignVersion, operation: AnyOperation, request: object): Interaction {
  return invalid(version, operation, {
    description: `${operation.name} with 26 items, one too many`,
    pins: 'ValidationException',
    request,
  });
}

function invalid(
  version: CampaignVersion,
  operation: AnyOperation,
  part: { readonly description: string; readonly request: object; readonly pins?: string },
): Interaction {
  return interaction({
    operation,
    group: 'bounds',
    given: [campaignIn(version, 'Running')],
    answer: refusedWith(operation, 'ValidationException'),
    provenance: [
      { what: 'the bound', ...version.model },
      { what: 'that a breach gives ValidationException', ...assumed('the only error that fits') },
    ],
    ...part,
  });
}
