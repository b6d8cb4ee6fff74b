/** An endpoint with a running campaign, and dial requests for it, without the operations of the service. */

import type { NewDialRequest } from '../../../campaigns/campaign-engine.ts';
import type { DialRequest } from '../../../campaigns/records.ts';
import type { CampaignDriver } from '../../../emulator/campaigns/driver.ts';
import {
  closeService,
  createFront,
  credentialsAmong,
  type EmulatorOptions,
  letGo,
  listen,
  openService,
  type Service,
  serveCampaigns,
  serving,
  shut,
} from '../../../emulator/emulator.ts';
import { createFaults } from '../../../emulator/faults/faults.ts';
import { readFaultPlan, type WrittenPlan } from '../../../emulator/faults/plan.ts';
import { ORDINARY_KEYS } from '../../../emulator/identity/keys.ts';
import { contactsIn } from '../../../emulator/stores/payload.ts';
import { answered } from '../../../emulator/wire/answer.ts';
import type { WireRequest } from '../../../emulator/wire/request.ts';
import { campaign, dialRequests } from '../../campaigns/fixtures.ts';
import { until } from '../fixtures.ts';

export const CAMPAIGN = campaign().id;

/** One fault of a written plan. */
export type FaultOf = NonNullable<WrittenPlan['faults']>[number];

export interface Road {
  readonly service: Service;
  readonly driver: CampaignDriver;
  /** Every request that the endpoint got, over a connection or as a value. */
  readonly requests: readonly WireRequest[];
  /** Errors of the emulator's own. */
  readonly defects: readonly unknown[];
  putCampaign(): Promise<void>;
  accept(count: number, over?: Partial<NewDialRequest>): Promise<readonly DialRequest[]>;
  /** Replaces the faults of the endpoint. */
  faults(...faults: readonly FaultOf[]): void;
  /** The dial requests as they are now. */
  dialRequests(): readonly DialRequest[];
  /** Waits until every dial request has a contact or has failed, and that is committed. */
  settled(): Promise<void>;
  /** ContactIds of the ledger by the RequestIdentifier of their item. */
  contacts(): Promise<Readonly<Record<string, readonly string[]>>>;
  close(): Promise<void>;
}

/** Opens an endpoint without quota. */
export async function openRoad(options: EmulatorOptions = {}): Promise<Road> {
  const service = await openService({ profile: 'stress', ...options });
  const driver = service.campaigns;
  if (!driver) throw new Error('these options have no campaigns');
  const requests: WireRequest[] = [];
  const defects: unknown[] = [];
  const serve = serving(service);
  const handle = (request: WireRequest) => {
    requests.push(request);
    return serve(request);
  };
  const defect = (error: unknown) => defects.push(error);
  const front = createFront(service, handle, defect);
  const url = await listen(front, {});
  const key = credentialsAmong(ORDINARY_KEYS).principal;
  serveCampaigns(service, { url, handle, defect, key });
  const all = () => driver.look((engine) => [...engine.requests()]) ?? [];

  return {
    service,
    driver,
    requests,
    defects,
    putCampaign: () => driver.run((engine) => engine.putCampaign(campaign())),
    accept: (count, over) =>
      driver.run((engine, now) => engine.accept(CAMPAIGN, dialRequests(count, over), now)),
    faults(...faults: readonly FaultOf[]) {
      const plan = readFaultPlan({ faults });
      service.faults = createFaults(plan, service.clock.now());
    },
    dialRequests: all,
    async settled() {
      const open = ['ACCEPTED', 'SUBMITTING'];
      await until(async () => all().every(({ status: { state } }) => !open.includes(state)));
      await driver.run(() => {});
    },
    async contacts() {
      const found: Record<string, string[]> = {};
      for await (const { body, results } of service.store.batches()) {
        for (const item of answered(contactsIn(body), results)) {
          if (!('contactId' in item)) continue;
          const id = item.requestIdentifier ?? '';
          found[id] = [...(found[id] ?? []), item.contactId];
        }
      }
      return found;
    },
    async close() {
      letGo(service);
      await shut(front);
      await closeService(service);
    },
  };
}

/** Opens an endpoint with a running campaign for one piece of work, and closes it whatever comes of it. */
export async function onRoad<T>(
  options: EmulatorOptions,
  work: (road: Road) => Promise<T>,
): Promise<T> {
  const road = await openRoad(options);
  try {
    await road.putCampaign();
    return await work(road);
  } finally {
    await road.close();
  }
}

/** Checks that every dial request has exactly one contact in the ledger, and the engine knows which. */
export async function expectOneContactEach(road: Road, count: number): Promise<void> {
  const contacts = await road.contacts();
  const requests = road.dialRequests();
  expect(requests).toHaveLength(count);
  expect(Object.keys(contacts).sort()).toEqual(requests.map(({ id }) => id).sort());
  for (const { id, status } of requests) {
    expect(contacts[id]).toEqual(['contact' in status && status.contact.contactId]);
  }
}
