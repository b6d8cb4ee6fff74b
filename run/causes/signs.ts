/** The failures of a run, each with the cause that it would have if nothing else explained it. */

import { FRONT_DOOR } from '../../operation/aws/definition/front-door.ts';
import { OPERATION } from '../../operation/connect/address.ts';
import {
  type CampaignCheck,
  type ContractsResult,
  type InteractionResult,
  type InvariantResult,
  isRoad,
  type LoadResult,
  type Run,
} from '../run.ts';
import type { Evidence } from '../statements/audit.ts';
import type { LoadReason } from '../statements/load.ts';
import { interactionVerdict, judgeLoad } from '../verdict.ts';
import type { Cause } from './cause.ts';
import { CONTRACT_CODES, CONTRACT_RESULTS } from './explains.ts';
import * as place from './places.ts';

export interface Sign {
  readonly place: string;
  /** A key of what explains what. */
  readonly sign: string;
  readonly cause: Cause;
  /** The scenario; null where it is not of a load run. */
  readonly scenario: string | null;
  /** How often it occurred; 1 where that is not counted. */
  readonly count: number;
}

export function signsOf(run: Run): readonly Sign[] {
  return [
    ...run.contracts.flatMap(signsOfContract),
    ...(run.campaigns?.checks ?? []).flatMap(signsOfCampaign),
    ...run.load.flatMap(signsOfLoad),
    ...run.selfChecks
      .filter(({ verdict }) => verdict === 'fail')
      .map(({ name }) => ({
        place: place.selfCheck(name),
        sign: 'self-check',
        cause: { kind: 'self-check', operation: null, broken: name, member: null } as const,
        scenario: null,
        count: 1,
      })),
    ...run.seededBugs
      .filter(({ caught }) => caught === false)
      .map(({ bug }) => ({
        place: place.seededBug(bug),
        sign: 'bug missed',
        cause: { kind: 'bug missed', operation: null, broken: bug, member: null } as const,
        scenario: null,
        count: 1,
      })),
  ];
}

function signsOfContract({ name, interactions, checks }: ContractsResult): readonly Sign[] {
  return [
    ...interactions
      .filter((one) => interactionVerdict(one) === 'fail')
      .map((one) => signOfInteraction(name, one)),
    ...checks
      .filter(({ verdict }) => verdict === 'fail')
      .map(
        (check): Sign => ({
          place: place.contractCheck(name, check.name),
          sign: 'contract check',
          cause: { kind: 'contract check', operation: name, broken: check.name, member: null },
          scenario: null,
          count: 1,
        }),
      ),
  ];
}

/** Members above a single result, in both lists and in the answer as a whole. */
const RESULTS = ['', 'SuccessfulRequestList', 'FailedRequestList'];

function signOfInteraction(contract: string, one: InteractionResult): Sign {
  const found = (broken: string, member: string | null, sign: string): Sign => ({
    place: place.interaction(contract, one.description),
    sign,
    cause: {
      kind: 'contract',
      // The front door is one for all operations.
      operation: Object.hasOwn(FRONT_DOOR, broken) ? null : contract,
      broken,
      member,
    },
    scenario: null,
    count: 1,
  });
  const { detail } = one;
  const wheres = detail?.kind === 'differences' ? detail.differences.map(({ where }) => where) : [];
  // A difference without a place is one of the status: the call as a whole was to end otherwise.
  const isStatus = wheres.includes(null);
  const members = wheres.map((where) => memberAt(where ?? ''));
  if (isStatus || members.length === 0) {
    const broken = one.pins ?? (isStatus ? 'status' : (detail?.kind ?? 'no detail'));
    return found(broken, null, `contract: ${broken}`);
  }
  if (members.every((member) => RESULTS.includes(member))) {
    return found('results of items', null, CONTRACT_RESULTS);
  }
  const member = members.find((one) => !RESULTS.includes(one)) ?? '';
  const last = member.split('.').at(-1) ?? member;
  const sign = last === 'FailureReasonCode' ? CONTRACT_CODES : `contract: ${member}`;
  return found(one.pins ?? 'answer', member, sign);
}

/** `FailedRequestList.FailureReasonCode` of `$.FailedRequestList[0].FailureReasonCode`. */
function memberAt(where: string): string {
  return where.replace(/^\$\.?/, '').replace(/\[[^\]]*\]/g, '');
}

function signsOfCampaign({ name, verdict, evidence }: CampaignCheck): readonly Sign[] {
  if (verdict !== 'fail') return [];
  const kinds = new Set(evidence.map(({ kind }) => kind));
  const [kind] = kinds;
  return [
    {
      place: place.campaignCheck(name),
      sign: kinds.size === 1 ? `campaign: ${kind}` : 'campaign',
      cause: {
        kind: 'campaign',
        operation: null,
        broken: kinds.size === 1 ? (kind ?? name) : name,
        member: null,
      },
      scenario: null,
      count: 1,
    },
  ];
}

function signsOfLoad(load: LoadResult): readonly Sign[] {
  const { scenario, history, audit, thresholds } = load;
  const operation = history && !isRoad(load) ? OPERATION.name : null;
  const { verdict, reasons } = judgeLoad(load);
  const violated = history ? audit.invariants.filter((one) => one.verdict === 'violated') : [];
  return [
    ...violated.flatMap((one) => signsOfInvariant(scenario, operation, one)),
    ...thresholds
      .filter(({ ok, judged }) => judged && !ok)
      .map(
        ({ metric, expression }): Sign => ({
          place: place.threshold(scenario, metric, expression),
          sign: 'threshold',
          cause: { kind: 'threshold', operation, broken: metric, member: expression },
          scenario,
          count: 1,
        }),
      ),
    ...(verdict === 'fail' ? reasons : []).flatMap((reason) => {
      const broken = brokenBy(reason);
      return broken === null
        ? []
        : [
            {
              place: place.scenario(scenario),
              sign: `load: ${reason.kind}`,
              cause: { kind: 'load', operation, ...broken } as const,
              scenario,
              count: 1,
            },
          ];
    }),
  ];
}

/** Null for a reason that repeats an invariant or a threshold. */
function brokenBy(reason: LoadReason): Pick<Cause, 'broken' | 'member'> | null {
  switch (reason.kind) {
    case 'invariant violated':
    case 'invariants violated':
    case 'threshold missed':
    case 'thresholds missed':
    case 'missed under faults':
    case 'figures not valid':
      return null;
    case 'all refused':
    case 'quota in the way':
      return { broken: reason.error, member: null };
    default:
      return { broken: reason.kind, member: null };
  }
}

/** Evidence -> the member that is wrong. */
const MEMBERS: Readonly<Partial<Record<Evidence['kind'], string>>> = {
  'other verdicts': 'FailureReasonCode',
  'replay differs': 'ClientToken',
  'conflict let in': 'ClientToken',
  'replay refused': 'ClientToken',
  'new token refused': 'new ClientToken',
  'contact reused': 'ContactId',
  'kept otherwise': 'ContactId',
  'other identifiers': 'RequestIdentifier',
  doubled: 'ClientToken',
  // Two ways to keep one quota wrongly.
  'refused within the quota': 'refused',
  'admitted past the quota': 'admitted',
};

/** One for each kind of evidence: an invariant can be violated in several ways. */
function signsOfInvariant(
  scenario: string,
  operation: string | null,
  one: InvariantResult,
): readonly Sign[] {
  const kinds = new Map(one.evidence.map((evidence) => [signOf(evidence), evidence.kind]));
  if (kinds.size === 0) kinds.set('unsaid', 'text');
  return [...kinds].map(([sign, kind]) => ({
    place: place.invariant(scenario, one.name),
    sign,
    cause: {
      kind: 'invariant',
      operation,
      broken: one.name,
      member: sign in RESULT_MEMBERS ? sign : (MEMBERS[kind] ?? null),
    },
    scenario,
    count: one.violations,
  }));
}

/** Ways in which an item does not have exactly one result. */
const RESULT_MEMBERS = { 'no result': true, 'two results': true };

/** The letter of an item that is in both lists of an answer, as the history writes it. */
const ANSWERED_TWICE = '!';

function signOf(evidence: Evidence): string {
  if (evidence.kind === 'wrong results') {
    return evidence.letters.includes(ANSWERED_TWICE) ? 'two results' : 'no result';
  }
  if (evidence.kind !== 'other verdicts') return evidence.kind;
  const { letters, predicted } = evidence;
  const differ = [...letters].filter((letter, i) => letter !== predicted[i]);
  // An item without a letter of a verdict has no single result.
  return letters.length < predicted.length || differ.every((letter) => !/[a-z.]/i.test(letter))
    ? 'verdict missing'
    : 'other verdicts';
}
