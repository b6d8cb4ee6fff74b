/**
 * What earlier calls left behind, as provider states: an interaction of a pact stands alone, so that what it needs must
 * be in its states.
 */

import { isObject } from '../../operation/aws/json.ts';
import { type DialFailureCode, INJECTED_DIALS } from '../../operation/campaigns/failures.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import type { OutboundRequest } from '../../operation/connect-campaigns-v2/model/types.ts';
import { dialItemOf } from '../../operation/connect-campaigns-v2/operations.ts';
import type { AnyOperation } from '../../operation/operations.ts';
import type { Given, StateParams } from '../agreement/states.ts';
import type { ReadCall } from './call.ts';
import type { CampaignsNow } from './campaigns-now.ts';

export interface Needed {
  readonly states: readonly Given[];
  /** Why no states say what the call depends on; null if they do. */
  readonly obstacle: string | null;
}

export interface Earlier {
  forget(): void;
  /** The states that a call depends on, as they are before it. */
  before(call: ReadCall): Promise<Needed>;
  /** Remembers what a call that succeeded left. */
  after(call: ReadCall, answer: unknown): void;
}

type UsedToken = StateParams['the ClientToken was used before'];
type AcceptedDial = StateParams['a dial request was accepted before'];
type Json = Readonly<Record<string, unknown>>;

export function createEarlier(campaignsNow: CampaignsNow): Earlier {
  const tokens = new Map<string, UsedToken>();
  const contacts = new Map<string, UsedToken>();
  const changed = new Set<string>();
  const dials = new Map<string, AcceptedDial>();
  const started = new Set<string>();
  /** Instances with settings or a job that a call made. */
  const configured = new Set<string>();

  const ofConnect = ({ operation, json, text }: ReadCall): Needed => {
    if (operation.id === 'BatchPutContact') {
      const used = tokens.get(tokenOf(json));
      return { states: used ? [tokenState(used)] : [], obstacle: null };
    }
    if (operation.id === 'SearchContacts') {
      return { states: [], obstacle: 'what SearchContacts finds depends on every contact' };
    }
    const known = [...contacts.keys()].find((id) => text.includes(id));
    const used = known === undefined ? undefined : contacts.get(known);
    const obstacle =
      known !== undefined && changed.has(known) ? 'an earlier call changed the contact' : null;
    return { states: used ? [tokenState(used)] : [], obstacle };
  };

  const ofCampaigns = async (call: ReadCall): Promise<Needed> => {
    const { operation, labels, json } = call;
    const instance = labels.connectInstanceId;
    if (instance !== undefined && configured.has(instance)) {
      return { states: [], obstacle: 'an earlier call changed the settings of the instance' };
    }
    const { campaigns, obstacle } = await campaignsNow(call, started);
    const requests = dialsIn(operation, json).flatMap(
      (token) => dials.get(dialKey(labels.id, token)) ?? [],
    );
    return {
      states: [
        ...campaigns.map((params): Given => ({ name: 'a campaign exists', params })),
        ...requests.map(
          (params): Given => ({ name: 'a dial request was accepted before', params }),
        ),
      ],
      obstacle,
    };
  };

  return {
    forget() {
      for (const kept of [tokens, contacts, changed, dials, started, configured]) kept.clear();
    },

    async before(call) {
      const needed = isOfCampaigns(call.operation) ? await ofCampaigns(call) : ofConnect(call);
      return { ...needed, states: [...needed.states, ...byNumber(call)] };
    },

    after({ operation, labels, json, text }, answer) {
      if (operation.id === 'BatchPutContact') {
        const clientToken = tokenOf(json);
        if (clientToken === '' || tokens.has(clientToken)) return;
        const items = isObject(json) ? json.ContactDataRequestList : [];
        const contactIds = listIn(answer, 'SuccessfulRequestList').map((one) =>
          String(one.ContactId),
        );
        const used = {
          clientToken,
          instanceId: labels.InstanceId ?? '',
          contacts: items as UsedToken['contacts'],
          contactIds,
        };
        tokens.set(clientToken, used);
        for (const id of contactIds) contacts.set(id, used);
        return;
      }
      if (isReading(operation)) return;
      if (!isOfCampaigns(operation)) {
        for (const id of contacts.keys()) if (text.includes(id)) changed.add(id);
        return;
      }
      const { id = '', connectInstanceId } = labels;
      if (connectInstanceId !== undefined) configured.add(connectInstanceId);
      if (operation.name === 'StartCampaign') started.add(id);
      for (const accepted of acceptedIn(operation, id, json, answer)) {
        dials.set(dialKey(id, accepted.clientToken), accepted);
      }
    },
  };
}

export function isOfCampaigns({ service }: AnyOperation): boolean {
  return service.signingName === 'connect-campaigns';
}

/** Numbers that fail at this endpoint without a state: any other provider needs to be told. */
function byNumber({ operation, text }: ReadCall): Given[] {
  if (!operation.lists) return [];
  const failing = isOfCampaigns(operation) ? INJECTED_DIALS : ordinaryFacts().injected;
  return Object.entries(failing)
    .filter(([number]) => text.includes(number))
    .map(([number, code]) =>
      isOfCampaigns(operation)
        ? {
            name: 'dial requests to a number fail',
            params: { phoneNumber: number, failureCode: code as DialFailureCode },
          }
        : { name: 'a contact fails', params: { customerAddress: number, failureReasonCode: code } },
    );
}

function isReading({ method, name, traits = [] }: AnyOperation): boolean {
  return method === 'GET' || traits.includes('readonly') || /^(Get|List|Describe)/.test(name);
}

function tokenState(params: UsedToken): Given {
  return { name: 'the ClientToken was used before', params };
}

function tokenOf(json: unknown): string {
  const token = isObject(json) ? json.ClientToken : undefined;
  return typeof token === 'string' ? token : '';
}

function dialKey(campaign: string | undefined, token: string): string {
  return `${campaign} ${token}`;
}

function dialItems({ lists }: AnyOperation, json: unknown): Json[] {
  return lists ? listIn(json, lists.items) : [];
}

function dialsIn(operation: AnyOperation, json: unknown): string[] {
  return dialItems(operation, json).map(({ clientToken }) => String(clientToken));
}

/** The dial requests of a call that were accepted. */
function acceptedIn(
  operation: AnyOperation,
  campaignId: string,
  json: unknown,
  answer: unknown,
): AcceptedDial[] {
  if (!operation.lists) return [];
  const items = dialItems(operation, json);
  return listIn(answer, operation.lists.succeeded).flatMap(({ clientToken, id }) => {
    const item = items.find((one) => one.clientToken === clientToken);
    if (!item) return [];
    const dial =
      operation.lists?.items === 'outboundRequests'
        ? dialItemOf(item as unknown as OutboundRequest)
        : (item as unknown as ReturnType<typeof dialItemOf>);
    const { phoneNumber, attributes } = dial;
    const dialRequestId = String(id);
    return [
      { campaignId, dialRequestId, clientToken: String(clientToken), phoneNumber, attributes },
    ];
  });
}

function listIn(json: unknown, name: string): Json[] {
  const list = isObject(json) ? json[name] : undefined;
  return Array.isArray(list) ? list.filter(isObject) : [];
}
