/** The claims that interactions of campaigns assert, and what their parts share. */

import { assumed, documented, inferred } from '../../../operation/aws/provenance.ts';
import type { Standing } from '../../../operation/campaigns/life-cycle.ts';
import { CAMPAIGN_RULES, type CampaignRuleName } from '../../../operation/campaigns/rules.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { type Claim, type Group, type Interaction, REFUSED, refusedWith } from '../interaction.ts';
import { type Given, ordinaryDay } from '../states.ts';
import { CAMPAIGN_ID, CAMPAIGN_NAME, campaignMembers } from './examples.ts';
import type { CampaignVersion } from './version.ts';

export const CLAIMS = {
  requestId: {
    what: 'x-amzn-RequestId is a UUID',
    ...documented('answers of other Connect operations'),
  },
  partial: {
    what: 'HTTP 200 though items failed',
    ...documented('model: failed items are a member of the 200 answer, and no error has them'),
  },
  known: {
    what: 'a repeated clientToken gets the id of its dial request',
    ...documented('API_DialRequest: idempotent for seven days'),
  },
  knownFirst: {
    what: 'a known clientToken is answered whatever else the item has',
    ...assumed('a retry may come after its own expirationTime'),
  },
  expiryOfV2: {
    what: 'expirationTime has the bounds of version 1',
    ...assumed('the API reference gives them for version 1 only'),
  },
  arn: {
    what: 'an id may be an ARN',
    ...inferred('256 characters have room for one; public clients send it'),
  },
} as const satisfies Record<string, Claim>;

/** The claim that method, path, members and status are those of the model. */
export function shapeOf({ model }: CampaignVersion): Claim {
  return { what: 'method, path, members and status 200', ...model };
}

/** An ordinary day on which the campaign of the examples is in a state. */
export function campaignIn(
  { number }: CampaignVersion,
  state: Standing,
  change: { readonly id?: string; readonly name?: string; readonly members?: object } = {},
): Given {
  return {
    name: 'a campaign exists',
    params: {
      version: number,
      id: CAMPAIGN_ID,
      name: CAMPAIGN_NAME,
      instanceId: ORDINARY_INSTANCE.id,
      state,
      members: campaignMembers(number),
      ...change,
    },
  };
}

/** An interaction that begins with an ordinary day, and pins nothing by name. */
export type Part = Omit<Interaction, 'pins' | 'given' | 'group'> & {
  readonly pins?: string;
  /** Default: `results` for a success, `refusals` for an error. */
  readonly group?: Group;
  readonly given?: readonly Given[];
};

export function interaction({ pins = '', given = [], provenance, ...rest }: Part): Interaction {
  return {
    ...rest,
    pins: pins === '' ? null : pins,
    group: rest.group ?? (rest.answer.kind === 'result' ? 'results' : 'refusals'),
    given: given[0]?.name === 'an ordinary day' ? given : [ordinaryDay(), ...given],
    provenance: [...provenance, CLAIMS.requestId],
  };
}

/** An interaction that a rule of the service refuses. */
export function refusedBy(
  rule: CampaignRuleName,
  part: Omit<Part, 'answer' | 'provenance'>,
  members?: Readonly<Record<string, string>>,
): Interaction {
  const { error, provenance, errorProvenance } = CAMPAIGN_RULES[rule];
  const answer = refusedWith(part.operation, error, members);
  return interaction({
    pins: error,
    ...part,
    answer,
    provenance: [
      { what: `${REFUSED}: ${rule}`, ...provenance },
      { what: `it gets ${answer.status} ${error}`, ...errorProvenance },
    ],
  });
}
