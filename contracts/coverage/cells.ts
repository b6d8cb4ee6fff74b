/** The cells of the coverage matrix: all that the tables of the operation say a contract can pin. */

import { canonicalContact } from '../../operation/connect/batch-put-contact/canonical.ts';
import type { FailureTable } from '../../operation/connect/batch-put-contact/failures.ts';
import { REFUSAL_NAMES, REFUSALS } from '../../operation/connect/batch-put-contact/refusals.ts';
import { BODY_SHAPE } from '../../operation/connect/batch-put-contact/request-shape.ts';
import { RESPONSE_SHAPE } from '../../operation/connect/batch-put-contact/response-shape.ts';
import type {
  BatchPutContactResponse,
  ContactDataRequest,
} from '../../operation/connect/batch-put-contact/shapes.ts';
import {
  ALLOWED_USER_ACTIONS,
  ENDPOINT_TYPES,
  type EnumValue,
  isListed,
  OUTBOUND_STRATEGY_TYPES,
} from '../../operation/connect/enums.ts';
import { LIMITS, type Limit } from '../../operation/connect/limits.ts';
import { edgesOf } from '../agreement/edges.ts';
import type { Interaction, ResultAnswer } from '../agreement/interaction.ts';
import { ordinaryContact } from '../agreement/ordinary-contacts.ts';
import { type Place, placesIn, valuesAt } from '../agreement/places.ts';
import { ERROR_FORMS, type Tolerance } from '../agreement/tolerances.ts';

export const GROUPS = [
  'failure code',
  'way to fail',
  'modelled error',
  'front-door error',
  'enum value',
  'request member',
  'response member',
  'bound',
  'batch and token',
  'error encoding',
  'answer to tolerate',
] as const;

export type Group = (typeof GROUPS)[number];

export interface Cell {
  readonly group: Group;
  /** Unique in its group. */
  readonly name: string;
  /** Whether an interaction of the pact pins it. Read from what the interaction is, not from its words. */
  readonly pinnedBy: (interaction: Interaction) => boolean;
  /** Whether the SDK client is held to it outside the pact, by an answer that no provider promises. */
  readonly toleratedBy?: (tolerance: Tolerance) => boolean;
}

const never = (): boolean => false;

export function cellsOf(failures: FailureTable): Cell[] {
  return [
    ...failureCells(failures),
    ...errorCells(),
    ...enumCells(),
    ...requestMemberCells(),
    ...responseMemberCells(),
    ...boundCells(),
    ...batchCells(failures),
    ...toleranceCells(),
  ];
}

function failureCells(failures: FailureTable): Cell[] {
  return Object.entries(failures).flatMap(([code, { provocations }]): Cell[] => [
    {
      group: 'failure code',
      name: code,
      pinnedBy: ({ pins, answer }) => pins === code && codesIn(answer).has(code),
    },
    ...provocations.map(
      ({ how, make }): Cell => ({
        group: 'way to fail',
        name: `${code}: ${how}`,
        pinnedBy: (interaction) =>
          itemsOf(interaction).some(
            (item, i) =>
              fateOf(interaction, item) === code &&
              // Examples count their contacts from one, with or without a good one before.
              [i + 1, i + 2].some((n) =>
                isSame(make(ordinaryContact(n), ordinaryContact(n - 1)), item),
              ),
          ),
      }),
    ),
  ]);
}

function errorCells(): Cell[] {
  return REFUSAL_NAMES.map((name) => ({
    group: REFUSALS[name].modelled ? 'modelled error' : 'front-door error',
    name,
    pinnedBy: ({ pins, answer }) =>
      pins === name &&
      answer.kind === 'error' &&
      answer.name === name &&
      answer.status === REFUSALS[name].status,
  }));
}

const ENUM_PLACES: readonly (readonly [string, readonly EnumValue[]])[] = [
  ['CustomerEndpoint.Type', ENDPOINT_TYPES],
  ['SystemEndpoint.Type', ENDPOINT_TYPES],
  ['OutboundStrategy.Type', OUTBOUND_STRATEGY_TYPES],
  ['OutboundStrategy.Config.AgentFirst.Preview.AllowedUserActions', ALLOWED_USER_ACTIONS],
];

function enumCells(): Cell[] {
  return ENUM_PLACES.flatMap(([path, values]): Cell[] => {
    const named = (interaction: Interaction): unknown[] =>
      itemsOf(interaction).flatMap((item) => valuesAt(item, path.split('.')).flat());
    return [
      ...values.map(({ value }) => ({
        group: 'enum value' as const,
        name: `${path} ${value}`,
        pinnedBy: (interaction: Interaction) =>
          interaction.answer.kind === 'result' && named(interaction).includes(value),
      })),
      {
        group: 'enum value',
        name: `${path} that is not listed`,
        pinnedBy: (interaction) =>
          interaction.answer.kind === 'result' &&
          named(interaction).some((value) => !isListed(values, String(value))),
      },
    ];
  });
}

function requestMemberCells(): Cell[] {
  return placesIn(BODY_SHAPE).flatMap((place): Cell[] => [
    {
      group: 'request member',
      name: `${place.path} present`,
      pinnedBy: ({ request, answer }) => answer.kind === 'result' && has(request, place),
    },
    {
      group: 'request member',
      name: `${place.path} absent`,
      pinnedBy: ({ request, answer }) => {
        if (!lacks(request, place)) return false;
        return place.required ? isInvalid(answer) : answer.kind === 'result';
      },
    },
  ]);
}

function responseMemberCells(): Cell[] {
  return placesIn(RESPONSE_SHAPE).flatMap((place): Cell[] =>
    [has, lacks].map((test) => ({
      group: 'response member',
      name: `${place.path} ${test === has ? 'present' : 'absent'}`,
      pinnedBy: ({ answer }) => answer.kind === 'result' && test(exampleOf(answer), place),
      toleratedBy: ({ answer }) => answer.status === 200 && test(answer.body, place),
    })),
  );
}

/** Bounds that no member of the body has by itself. */
const OTHER_BOUNDS: readonly (readonly [string, Limit])[] = [
  ['InstanceId', LIMITS.instanceId],
  ['Attributes: a key', LIMITS.attributeKey],
  ['Attributes: a value', LIMITS.attributeValue],
  ['Attributes: UTF-8 bytes in all', LIMITS.attributesBytes],
  ['SuccessfulRequestList[].ContactId', LIMITS.contactId],
];

function boundCells(): Cell[] {
  const { min: least } = LIMITS.previewSeconds;
  const path =
    'OutboundStrategy.Config.AgentFirst.Preview.PostAcceptTimeoutConfig.DurationInSeconds';
  const seconds = (n: number, fate: string): Cell => ({
    group: 'bound',
    name: `DurationInSeconds of ${n}`,
    pinnedBy: (interaction) =>
      itemsOf(interaction).some(
        (item) => valuesAt(item, path.split('.')).includes(n) && fateOf(interaction, item) === fate,
      ),
  });
  return [
    ...placesIn(BODY_SHAPE).flatMap(({ shape, path, steps }) =>
      'limit' in shape && shape.limit !== undefined
        ? edgesOf(shape.limit).map(({ length, inside }) => ({
            group: 'bound' as const,
            name: `${path} of ${length}`,
            pinnedBy: ({ request, answer }: Interaction) =>
              valuesAt(request, steps).some(
                (value) => (value as { length: number }).length === length,
              ) && (inside ? answer.kind === 'result' : isInvalid(answer)),
          }))
        : [],
    ),
    seconds(least, 'CREATED'),
    seconds(least - 1, 'INVALID_OUTBOUND_STRATEGY'),
    ...OTHER_BOUNDS.flatMap(([what, limit]) =>
      edgesOf(limit).map(({ length }) => ({
        group: 'bound' as const,
        name: `${what} of ${length}`,
        pinnedBy: never,
      })),
    ),
  ];
}

function batchCells(failures: FailureTable): Cell[] {
  const cell = (name: string, pinnedBy: Cell['pinnedBy'] = never): Cell => ({
    group: 'batch and token',
    name,
    pinnedBy,
  });
  const usedBefore = ({ given }: Interaction) =>
    given.find((state) => state.name === 'the ClientToken was used before')?.params;
  return [
    cell(
      'created and failed in one batch',
      ({ answer }) =>
        answer.kind === 'result' && answer.created.length > 0 && codesIn(answer).size > 0,
    ),
    cell('every failure code in one batch', ({ answer }) =>
      Object.keys(failures).every((code) => codesIn(answer).has(code)),
    ),
    cell('InstanceId as an ARN', ({ request }) => request.InstanceId.startsWith('arn:')),
    cell('ClientToken made by the SDK', ({ request }) => request.ClientToken === undefined),
    cell('replay: token and batch sent again', (interaction) => {
      const before = usedBefore(interaction);
      return (
        interaction.answer.kind === 'result' &&
        before?.clientToken === interaction.request.ClientToken &&
        isSame(before?.contacts, itemsOf(interaction))
      );
    }),
    cell('token reused for another batch', (interaction) => {
      const before = usedBefore(interaction);
      return (
        interaction.pins === 'IdempotencyException' &&
        before?.clientToken === interaction.request.ClientToken &&
        !isSame(before?.contacts, itemsOf(interaction))
      );
    }),
    cell('token reused for another instance'),
    cell('token in other case is another token'),
    cell('token after its lifetime is new'),
    cell('token of a refused call is not used up'),
    cell('equal calls in flight together'),
    cell('empty ClientToken counts as absent'),
    cell('two items without an identifier'),
    cell('unknown member in a request is ignored'),
    cell('order of the result lists'),
  ];
}

/** Answers that no provider promises, by what a Tolerance of that name pins. */
const UNPROMISED = [
  'unlisted code',
  'unlisted member',
  'null list',
  'no list',
  'absent members',
  'error that is not JSON',
] as const;

function toleranceCells(): Cell[] {
  return [
    ...ERROR_FORMS.map(
      (form): Cell => ({
        group: 'error encoding',
        name: form,
        pinnedBy: ({ answer }) => form === 'x-amzn-errortype, plain' && answer.kind === 'error',
        toleratedBy: ({ pins }) => pins === `error name in ${form}`,
      }),
    ),
    ...UNPROMISED.map(
      (name): Cell => ({
        group: 'answer to tolerate',
        name,
        pinnedBy: never,
        toleratedBy: ({ pins }) => pins === name,
      }),
    ),
  ];
}

function itemsOf({ request }: Interaction): readonly ContactDataRequest[] {
  return request.ContactDataRequestList ?? [];
}

function codesIn(answer: Interaction['answer']): Set<string> {
  return new Set(
    answer.kind === 'result' ? answer.failed.map((item) => item.FailureReasonCode) : [],
  );
}

/** `CREATED`, or the code that an item fails with; null where the whole call is refused. */
function fateOf({ answer }: Interaction, { RequestIdentifier: id }: ContactDataRequest) {
  if (answer.kind !== 'result') return null;
  const failed = answer.failed.find((one) => one.RequestIdentifier === id);
  return failed?.FailureReasonCode ?? 'CREATED';
}

function isInvalid(answer: Interaction['answer']): boolean {
  return answer.kind === 'error' && answer.name === 'InvalidRequestException';
}

function exampleOf({ created, failed, emptyLists }: ResultAnswer): BatchPutContactResponse {
  const list = (items: readonly unknown[]) => items.length > 0 || emptyLists === 'present';
  return {
    ...(list(created) ? { SuccessfulRequestList: created } : {}),
    ...(list(failed)
      ? { FailedRequestList: failed.map((item) => ({ ...item, FailureReasonMessage: 'a text' })) }
      : {}),
  };
}

function has(value: unknown, { steps }: Place): boolean {
  return valuesAt(value, steps).length > 0;
}

/** Something has the parent of the place, and not the place itself. */
function lacks(value: unknown, { steps }: Place): boolean {
  const member = steps.at(-1) ?? '';
  return valuesAt(value, steps.slice(0, -1)).some(
    (parent) => !Object.hasOwn(Object(parent), member),
  );
}

function isSame(a: unknown, b: unknown): boolean {
  const text = (value: unknown): string =>
    Array.isArray(value)
      ? value.map(text).join('\n')
      : canonicalContact(value as ContactDataRequest);
  return a !== undefined && text(a) === text(b);
}
