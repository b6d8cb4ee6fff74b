/** The definition in operation/ as a model. */

import { OPERATION } from '../../operation/connect/address.ts';
import { FAILURE_CODES } from '../../operation/connect/batch-put-contact/failures.ts';
import { MODELLED_ERRORS, REFUSALS } from '../../operation/connect/batch-put-contact/refusals.ts';
import { BODY_SHAPE, type Shape } from '../../operation/connect/batch-put-contact/request-shape.ts';
import { RESPONSE_SHAPE } from '../../operation/connect/batch-put-contact/response-shape.ts';
import {
  ALLOWED_USER_ACTIONS,
  ENDPOINT_TYPES,
  type EnumValue,
  OUTBOUND_STRATEGY_TYPES,
} from '../../operation/connect/enums.ts';
import { LIMITS } from '../../operation/connect/limits.ts';
import {
  leaf,
  type Member,
  type Members,
  type Model,
  membersOf,
  type Node,
  type Values,
} from './model.ts';

const listed = (name: string, rows: readonly EnumValue[]): Values => ({
  enum: name,
  values: rows.map(({ value }) => value),
});

const ENDPOINT = listed('EndpointType', ENDPOINT_TYPES);
const PREVIEW = 'ContactDataRequestList[].OutboundStrategy.Config.AgentFirst.Preview';

/** What the shapes leave to the judgement of items: enum values, and the least number of seconds. */
const JUDGED: Readonly<Record<string, Partial<Member>>> = {
  'ContactDataRequestList[].SystemEndpoint.Type': { values: ENDPOINT },
  'ContactDataRequestList[].CustomerEndpoint.Type': { values: ENDPOINT },
  'ContactDataRequestList[].OutboundStrategy.Type': {
    values: listed('OutboundStrategyType', OUTBOUND_STRATEGY_TYPES),
  },
  [`${PREVIEW}.AllowedUserActions`]: { values: listed('AllowedUserAction', ALLOWED_USER_ACTIONS) },
  [`${PREVIEW}.PostAcceptTimeoutConfig.DurationInSeconds`]: {
    bound: { min: LIMITS.previewSeconds.min },
  },
  'FailedRequestList[].FailureReasonCode': {
    values: { enum: 'FailureReasonCode', values: FAILURE_CODES },
  },
};

export function ourModel(): Model {
  return {
    source: 'operation/',
    method: OPERATION.method,
    uri: `${OPERATION.pathPrefix}{InstanceId}`,
    status: 200,
    input: new Map([['InstanceId', instanceId], ...judged(membersOf(nodeOf(BODY_SHAPE)))]),
    output: judged(membersOf(nodeOf(RESPONSE_SHAPE))),
    errors: new Map(MODELLED_ERRORS.map((name) => [name, REFUSALS[name].status])),
    knows: { bounds: true, errorsOfOperation: true },
  };
}

const { min, max } = LIMITS.instanceId;
const instanceId: Member = { type: 'string', required: true, bound: { min, max }, values: null };

function judged(members: Members): Members {
  return new Map([...members].map(([path, member]) => [path, { ...member, ...JUDGED[path] }]));
}

function nodeOf(shape: Shape): Node {
  switch (shape.kind) {
    case 'string':
    case 'integer':
      return leaf(shape.kind, shape.limit);
    case 'list':
      return { ...leaf('list', shape.limit), element: nodeOf(shape.of) };
    case 'map':
      return {
        ...leaf('map'),
        entry: { key: leaf('string', shape.key), value: leaf('string', shape.value) },
      };
    case 'structure':
      return {
        ...leaf('structure'),
        members: Object.entries(shape.members).map(([name, member]) => ({
          name,
          required: shape.required?.includes(name) ?? false,
          node: nodeOf(member),
        })),
      };
  }
}
