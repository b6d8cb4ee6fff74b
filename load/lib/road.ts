/**
 * What the scripts of the dial road share: their campaigns, their batches of dial requests, the calls that send them,
 * and the clock of the endpoint.
 */

import { check, sleep } from 'k6';
import type { ModelledOperation } from '../../operation/aws/definition/model.ts';
import { CAMPAIGN_APIS, type CampaignMode } from './campaign-api.ts';
import { type Called, type CampaignPlace, callerOf, mayPass } from './campaign-calls.ts';
import { type ControlDoor, controlDoor } from './control-door.ts';
import { openDialCorpus, type StampedDials } from './dial-corpus.ts';
import { dialOutcomeOf } from './dial-outcome.ts';
import {
  controlFromEnv,
  destinationFromEnv,
  dialCorpusFromEnv,
  pendingLimitFromEnv,
  profileFromEnv,
  runTagFromEnv,
} from './env.ts';
import { placeLetters } from './history-line.ts';
import { countPrediction } from './measure.ts';
import type { Promises } from './objectives.ts';
import type { ProfileValues } from './profiles.ts';
import { roadLine } from './road-line.ts';
import { type IterationPlan, iterationPlan } from './scenario.ts';
import { errorOf } from './send.ts';

/** What a call that hands over dial requests came to. */
export interface DialAnswer {
  readonly status: number;
  readonly error: string;
  /** A letter for each item; `-` without a readable 200 answer. */
  readonly letters: string;
  /** Id of the dial request of each accepted item. */
  readonly ids: readonly string[];
  readonly asPredicted: boolean;
  /** Number of the last attempt. */
  readonly attempt: number;
  /** Epoch milliseconds of the client at which the last attempt began. */
  readonly startMs: number;
}

/** How the letters of an answer are compared with the predicted ones. */
export type DialPredicts = (letters: string, predicted: string) => boolean;

const exactly: DialPredicts = (letters, predicted) => letters === predicted;

/** Campaigns, as `setup` hands them to the iterations. */
export interface Campaigns {
  readonly ids: readonly string[];
}

export interface Road<Profile> extends IterationPlan {
  readonly profile: Profile;
  /** Null where the endpoint has none. */
  readonly door: ControlDoor | null;
  /** Dial requests in a batch of the corpus. */
  readonly requestsPerBatch: number;
  /** How many dial requests a campaign of the endpoint holds; null if that is not known. */
  readonly pendingLimit: number | null;
  /** Creates campaigns and waits until they run. Call it in `setup`. */
  begin(campaigns: number, mode?: CampaignMode): Campaigns;
  /** Batch number `index` of the run, as it is to be sent now. By default it is the record of that number. */
  batch(index: number, record?: number): Promise<StampedDials>;
  /** Sends a batch, again with the same clientTokens where it is not known what became of it or it was throttled. */
  put(campaignId: string, batch: StampedDials, from?: number, predicts?: DialPredicts): DialAnswer;
  /** Moves a campaign, and makes sure that it is there. */
  move(campaignId: string, operation: MoveName): boolean;
  /** Lets so many seconds pass: on the endpoint's clock where that can be moved, else in real time. */
  pass(seconds: number): void;
}

export type MoveName = 'StartCampaign' | 'PauseCampaign' | 'ResumeCampaign' | 'StopCampaign';

/** Operation -> the state to which it moves a campaign. */
const STATE_AFTER: Readonly<Record<MoveName, string>> = {
  StartCampaign: 'Running',
  PauseCampaign: 'Paused',
  ResumeCampaign: 'Running',
  StopCampaign: 'Stopped',
};

/** Looks at a campaign that is not yet where it is to be, and seconds between them. */
const LOOKS = 80;
const BETWEEN_LOOKS = 0.25;
/** Seconds after which a campaign that was started runs, on an endpoint whose clock can be moved (assumed: 2). */
const START_SECONDS = 3;

/** The thresholds of road scenarios for the calls that hand over dial requests. */
export function dialsAnswered({ p95Ms }: { readonly p95Ms: number }): Promises {
  return {
    'http_req_failed{road:put}': ['rate==0'],
    'http_req_duration{road:put}': [`p(95)<${p95Ms}`],
  };
}

/**
 * Opens a scenario of the dial road. It must be called in the init context.
 *
 * @param defaults its profile: each value is replaced by the one in the environment. `version` is the one of outbound
 * campaigns, 1 or 2; a call is sent `attempts` times at most.
 * @throws Error where the dial requests are of another version.
 */
export function openRoad<
  Defaults extends ProfileValues & { readonly version: number; readonly attempts: number },
>(defaults: Defaults): Road<{ readonly [Key in keyof Defaults]: number }> {
  const profile = profileFromEnv(defaults);
  const place = dialCorpusFromEnv();
  if (place.version !== profile.version) {
    throw new Error(
      `the dial requests are of version ${place.version}, and the script calls version ${profile.version}: run it with --set version=${profile.version}`,
    );
  }
  const opening = openDialCorpus(place);
  const runTag = runTagFromEnv();
  const destination = destinationFromEnv();
  const controlUrl = controlFromEnv();
  const door = controlUrl === null ? null : controlDoor(controlUrl);
  const api = CAMPAIGN_APIS[profile.version === 2 ? 2 : 1];
  const attempts = profile.attempts as number;
  const caller = callerOf(destination, attempts);

  const stateOf = (campaignId: string): string => {
    const { status, json } = caller.ask(api.model.GetCampaignState, { id: campaignId });
    return status === 200 ? String((json as { state?: unknown } | null)?.state) : '';
  };

  const move = (campaignId: string, operation: MoveName): boolean => {
    const startMs = Date.now();
    const wanted = STATE_AFTER[operation];
    caller.ask(api.model[operation] as ModelledOperation, { id: campaignId });
    let done = false;
    for (let looks = 0; looks < LOOKS && !done; looks += 1) {
      if (operation === 'StartCampaign' && looks === 1 && door) door.advance(START_SECONDS);
      else if (looks > 0) sleep(BETWEEN_LOOKS);
      done = stateOf(campaignId) === wanted;
    }
    console.log(
      roadLine({ kind: 'move', campaignId, operation, startMs, endMs: Date.now(), done }),
    );
    return done;
  };

  const created = (name: string, mode: CampaignMode): string => {
    const body = { name, connectInstanceId: destination.instanceId, ...api.members[mode] };
    const { status, error, json } = caller.ask(api.model.CreateCampaign, { id: '' }, body);
    const id = (json as { id?: unknown } | null)?.id;
    if (typeof id === 'string' && id !== '') return id;
    throw new Error(
      `CreateCampaign was answered ${status} ${error}: there is nothing to dial with`,
    );
  };

  const putOnce = (
    at: CampaignPlace,
    batch: StampedDials,
    attempt: number,
    predicts: DialPredicts,
  ): DialAnswer => {
    const startMs = Date.now();
    const { response, json }: Called = caller.send(
      api.put as ModelledOperation,
      at,
      batch.body,
      'put',
    );
    const outcome = response.status === 200 ? dialOutcomeOf(batch.tokens, json) : null;
    const letters = outcome?.letters ?? '-';
    const ids = outcome?.ids ?? [];
    const asPredicted = outcome !== null && predicts(letters, batch.predicted);
    const error = errorOf(response);
    console.log(
      roadLine({
        kind: 'put',
        stamp: batch.stamp,
        record: batch.record,
        campaignId: at.id,
        attempt,
        places: batch.places ? placeLetters(batch.places) : '-',
        stampedMs: batch.stampedMs,
        startMs,
        endMs: Date.now(),
        durationMs: response.timings.duration,
        status: response.status,
        error,
        letters,
        ids,
      }),
    );
    return { status: response.status, error, letters, ids, asPredicted, attempt, startMs };
  };

  return {
    ...iterationPlan(),
    profile,
    door,
    requestsPerBatch: place.requestsPerBatch,
    pendingLimit: pendingLimitFromEnv(),
    begin(campaigns, mode = 'agentless') {
      door?.look();
      const ids: string[] = [];
      for (let i = 0; i < campaigns; i += 1) {
        const id = created(`${runTag}-${i}`, mode);
        check(move(id, 'StartCampaign'), { 'the campaign runs': (itDoes) => itDoes });
        ids.push(id);
      }
      return { ids };
    },
    batch: async (index, record = index) =>
      (await opening).batch(runTag, index, record, Date.now()),
    put(campaignId, batch, from = 1, predicts = exactly) {
      const at = { id: campaignId };
      let answer = putOnce(at, batch, from, predicts);
      while (mayPass(answer.status) && answer.attempt - from + 1 < attempts) {
        sleep(caller.waitSeconds(answer.attempt - from + 1));
        answer = putOnce(at, batch, answer.attempt + 1, predicts);
      }
      if (answer.letters !== '-') countPrediction(answer.asPredicted);
      return answer;
    },
    move,
    pass(seconds) {
      if (door) door.advance(seconds);
      else sleep(seconds);
    },
  };
}
