/** The campaigns that a call depends on, as they are now. */

import { isObject } from '../../operation/aws/json.ts';
import { momentOf, timestampAt } from '../../operation/aws/shape/timestamp.ts';
import { uriEncode } from '../../operation/aws/uri.ts';
import type { Standing } from '../../operation/campaigns/life-cycle.ts';
import { MODEL as V1 } from '../../operation/connect-campaigns/model/operations.ts';
import { MODEL as V2 } from '../../operation/connect-campaigns-v2/model/operations.ts';
import type { ExistingCampaign } from '../agreement/states.ts';
import type { ReadCall } from './call.ts';

export type CampaignsNow = (
  call: ReadCall,
  started: ReadonlySet<string>,
) => Promise<{ readonly campaigns: readonly ExistingCampaign[]; readonly obstacle: string | null }>;

/** Reads from the endpoint. */
export interface Look {
  /** The parsed answer of the control door. */
  control(path: string): Promise<unknown>;
  /** The parsed answer to a good call. */
  get(path: string): Promise<unknown>;
}

interface Listed {
  readonly id: string;
  readonly api: 'v1' | 'v2';
  readonly name: string;
  readonly instanceId: string;
  readonly state: Standing;
}

const CREATED = { 1: V1.CreateCampaign.input, 2: V2.CreateCampaign.input } as const;

/** A list of more campaigns than this makes no readable interaction. */
const MOST = 20;

export function campaignsNowOf(look: Look): CampaignsNow {
  return async ({ operation, json, text }, started) => {
    const version = operation.uri.startsWith('/v2/') ? 2 : 1;
    const { campaigns: all } = (await look.control('/campaigns')) as { campaigns: Listed[] };
    const mine = all.filter(({ api }) => api === `v${version}`);
    const name = operation.name === 'CreateCampaign' && isObject(json) ? json.name : undefined;
    const wanted = mine.filter(
      (one) => operation.name === 'ListCampaigns' || text.includes(one.id) || one.name === name,
    );
    if (wanted.length > MOST) {
      return { campaigns: [], obstacle: `the answer depends on ${wanted.length} campaigns` };
    }
    const campaigns = await Promise.all(
      wanted.map(async (one) => {
        const members = await membersOf(look, version, one.id);
        const starting = one.state === 'Initialized' && started.has(one.id);
        return {
          version,
          id: one.id,
          name: one.name,
          instanceId: one.instanceId,
          state: starting ? 'starting' : one.state,
          members,
        } as const;
      }),
    );
    return { campaigns, obstacle: null };
  };
}

/** The members that CreateCampaign takes besides name and instance. */
async function membersOf(look: Look, version: 1 | 2, id: string): Promise<object> {
  const answer = await look.get(`${version === 2 ? '/v2' : ''}/campaigns/${uriEncode(id)}`);
  const described = isObject(answer) && isObject(answer.campaign) ? answer.campaign : {};
  const { name: _, connectInstanceId: __, ...taken } = CREATED[version].members;
  const members = Object.entries(described).filter(
    ([name, value]) => value !== null && Object.hasOwn(taken, name),
  );
  return Object.fromEntries(
    members.map(([name, value]) => [name, name === 'schedule' ? farAway(value) : value]),
  );
}

/** A schedule that has not begun, whenever the pact is verified. It is as long as it was. */
const FAR_AWAY = Date.UTC(2090, 0, 1);

function farAway(schedule: unknown): unknown {
  if (!isObject(schedule)) return schedule;
  const [start, end] = [schedule.startTime, schedule.endTime].map((at) =>
    momentOf(at, 'date-time'),
  );
  if (start == null || end == null) return schedule;
  const length = Math.round((end - start) / 1_000) * 1_000;
  const startTime = timestampAt(FAR_AWAY, 'date-time');
  return { ...schedule, startTime, endTime: timestampAt(FAR_AWAY + length, 'date-time') };
}
