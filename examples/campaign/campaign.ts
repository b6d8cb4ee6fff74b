/** An outbound campaign as a team runs it: made, started, fed, and watched by its contact events. */

import {
  type ConnectCampaignsClient,
  CreateCampaignCommand,
  GetCampaignStateCommand,
  PutDialRequestBatchCommand,
  StartCampaignCommand,
} from '@aws-sdk/client-connectcampaigns';

export interface Plan {
  readonly name: string;
  readonly instanceId: string;
  readonly contactFlowId: string;
  /** The number that people see, in E.164 form. */
  readonly sourceNumber: string;
}

/** Makes an agentless campaign, and asks for its start. @returns its id. */
export async function begin(client: ConnectCampaignsClient, plan: Plan): Promise<string> {
  const { id = '' } = await client.send(
    new CreateCampaignCommand({
      name: plan.name,
      connectInstanceId: plan.instanceId,
      dialerConfig: { agentlessDialerConfig: {} },
      outboundCallConfig: {
        connectContactFlowId: plan.contactFlowId,
        connectSourcePhoneNumber: plan.sourceNumber,
      },
    }),
  );
  await client.send(new StartCampaignCommand({ id }));
  return id;
}

export async function stateOf(client: ConnectCampaignsClient, id: string): Promise<string> {
  const { state = '' } = await client.send(new GetCampaignStateCommand({ id }));
  return state;
}

/** Hands over at most 25 people, by their customer ids. @returns the customer ids that were not accepted. */
export async function hand(
  client: ConnectCampaignsClient,
  id: string,
  people: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const { failedRequests = [] } = await client.send(
    new PutDialRequestBatchCommand({
      id,
      dialRequests: Object.entries(people).map(([customer, phoneNumber]) => ({
        clientToken: customer,
        phoneNumber,
        expirationTime: new Date(Date.now() + 5 * 60_000),
        attributes: { customer },
      })),
    }),
  );
  return failedRequests.map(({ clientToken = '' }) => clientToken);
}

/** What is used of a contact event of Amazon Connect. */
export interface ContactEvent {
  readonly id: string;
  readonly detail: {
    readonly eventType: string;
    readonly contactId: string;
    readonly disconnectReason?: string;
  };
}

/** How contacts ended. Events may be lost, repeated and reordered. */
export class Endings {
  readonly #reasons = new Map<string, string>();

  take({ detail: { contactId, disconnectReason } }: ContactEvent): void {
    if (disconnectReason !== undefined) this.#reasons.set(contactId, disconnectReason);
  }

  of(contactId: string): string | undefined {
    return this.#reasons.get(contactId);
  }

  get size(): number {
    return this.#reasons.size;
  }
}
