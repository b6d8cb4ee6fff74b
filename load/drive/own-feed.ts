/** The calls of a feeder: a campaign of its own, and the dial requests that it hands over. */

import { setTimeout as pause } from 'node:timers/promises';
import {
  CALL,
  type Feeder,
  type FeederOptions,
  type Sending,
} from '../../feeders/sending/feeder.ts';
import type { ModelledOperation } from '../../operation/aws/definition/model.ts';
import { INJECTED_DIALS } from '../../operation/campaigns/failures.ts';
import type { CampaignViolation } from '../../run/statements/campaigns.ts';
import { UserError } from '../../system/errors.ts';
import { parseJson } from '../../system/read.ts';
import type { CampaignsClient } from '../endpoint/campaigns-client.ts';
import { type DialSettings, membersOf } from '../lib/campaign-members.ts';
import { Accepted } from './accepted.ts';
import { type Answered, APIS, answered, made, stated } from './campaign-feeder.ts';
import type { ContactList } from './contact-list.ts';
import type { Told } from './road-records.ts';

export interface OwnFeedOptions {
  /** Of outbound campaigns. */
  readonly version: 1 | 2;
  readonly settings: DialSettings;
  readonly list: ContactList;
  /** Makes the clientTokens. */
  readonly seed: number;
  readonly feeder: Pick<FeederOptions, 'feeder' | 'expirySeconds' | 'resends' | 'pendingLimit'>;
  readonly instanceId: string;
}

/** The campaign holds no more. */
const FULL = ['RequestThrottled', 'BufferLimitExceeded'];
const AGAIN = 'UnknownError';
/** Looks for the campaign to be Running, and seconds of the virtual clock between them. */
const LOOKS = { most: 100, seconds: 0.25 };

export class OwnFeed {
  readonly version: 1 | 2;
  readonly violations: CampaignViolation[] = [];
  /** Failure code -> dial requests that were refused for good. */
  readonly refused: Record<string, number> = {};
  /** Dial requests that were answered, those left out that were throttled. */
  sent = 0;
  /** Dial requests for which there was no room. Each was sent again. */
  throttled = 0;
  calls = 0;
  readonly #client: CampaignsClient;
  readonly #options: OwnFeedOptions;
  readonly #accepted = new Accepted();
  readonly #tag: string;
  /** Tokens of dial requests that are on their way, or may expire. */
  readonly #sendings = new Map<string, Sending>();
  #campaignId = '';

  constructor(client: CampaignsClient, options: OwnFeedOptions) {
    this.#client = client;
    this.#options = options;
    this.version = options.version;
    this.#tag = `s${options.seed}`;
  }

  /** Id of the dial request -> its clientToken. */
  get accepted(): ReadonlyMap<string, string> {
    return this.#accepted.tokens;
  }

  get operation(): string {
    return APIS[this.version].put.name;
  }

  /** Creates the campaign and starts it. @returns whether it is Running. */
  async start(speed: number, signal?: AbortSignal): Promise<boolean> {
    const { model } = APIS[this.version];
    const { settings, instanceId: connectInstanceId } = this.#options;
    const members = membersOf(this.version, settings);
    const created = await this.#call(
      model.CreateCampaign,
      { name: `campaign run, ${settings.mode}`, connectInstanceId, ...members },
      made,
    );
    if (!created) return false;
    this.#campaignId = created.id;
    await this.#call(model.StartCampaign, undefined, null);
    for (let look = 0; look < LOOKS.most && !signal?.aborted; look += 1) {
      const found = await this.#call(model.GetCampaignState, undefined, stated);
      if (!found || found.state === 'Running') return found !== null;
      await pause(Math.max(5, (LOOKS.seconds * 1_000) / speed));
    }
    if (!signal?.aborted) {
      this.violations.push({ kind: 'not running', version: this.version, state: 'Initialized' });
    }
    return false;
  }

  /** Hands dial requests over, 25 in a call, and gives those back to the feeder that are to be sent again. */
  async send(sendings: readonly Sending[], feeder: Feeder, now: number): Promise<void> {
    for (let at = 0; at < sendings.length; at += CALL) {
      const part = sendings.slice(at, at + CALL);
      const answer = await this.#put(part);
      if (answer === 'again') {
        feeder.putBack(sendings.slice(at));
        return;
      }
      if (answer === 'refused') continue;
      const back = this.#take(part, answer);
      if (back.unknown.length > 0) feeder.putBack(back.unknown);
      if (back.full.length > 0) {
        feeder.refuse([...back.full, ...sendings.slice(at + CALL)], now);
        return;
      }
    }
  }

  /** Gives a contact back to the feeder whose dial request expired. Each is given back once. */
  takeBack({ clientToken = '', failure, disconnectReason }: Told, feeder: Feeder): void {
    if (failure !== 'EXPIRED_BEFORE_CONTACT' && disconnectReason !== 'EXPIRED') return;
    const sending = this.#sendings.get(clientToken);
    if (!sending) return;
    this.#sendings.delete(clientToken);
    feeder.expired(sending);
  }

  /** @returns `again` if the call is to be made again; `refused` if it would be refused again. */
  async #put(part: readonly Sending[]): Promise<Answered | 'again' | 'refused'> {
    const { put, bodyOf } = APIS[this.version];
    const { list, feeder } = this.#options;
    // By the system clock, as feeders do.
    const expirationTime = new Date(Date.now() + feeder.expirySeconds * 1_000).toISOString();
    const items = part.map((one) => ({
      ...list.contact(one.contact),
      clientToken: this.#tokenOf(one),
      expirationTime,
    }));
    const before = this.violations.length;
    const answer = await this.#call(put, bodyOf(items), answered, true);
    if (answer) return answer;
    const [refusal] = this.violations.slice(before);
    if (refusal?.kind !== 'call refused') return 'again';
    this.#refuse(`HTTP ${refusal.status}`, part.length);
    return 'refused';
  }

  #take(part: readonly Sending[], { successfulRequests, failedRequests }: Answered) {
    const sendings = new Map(part.map((one) => [this.#tokenOf(one), one]));
    this.violations.push(...this.#accepted.take(successfulRequests));
    for (const { clientToken } of successfulRequests) {
      const sending = sendings.get(clientToken);
      if (sending) this.#sendings.set(clientToken, sending);
      this.sent += 1;
    }
    const full: Sending[] = [];
    const unknown: Sending[] = [];
    for (const { clientToken, failureCode } of failedRequests) {
      const sending = sendings.get(clientToken);
      if (!sending) continue;
      const { phoneNumber } = this.#options.list.contact(sending.contact);
      if (INJECTED_DIALS[phoneNumber] === failureCode) this.#refuse(failureCode);
      else if (FULL.includes(failureCode)) full.push(sending);
      else if (failureCode === AGAIN) unknown.push(sending);
      else this.#refuse(failureCode);
    }
    this.throttled += full.length;
    return { full, unknown };
  }

  /** For good: the item is wrong, or its number asks for the failure every time. */
  #refuse(why: string, dialRequests = 1): void {
    this.sent += dialRequests;
    this.refused[why] = (this.refused[why] ?? 0) + dialRequests;
  }

  #tokenOf({ contact, again }: Sending): string {
    return `${this.#tag}-${contact}-${again}`;
  }

  /** @param mayFail whether a throttled call is right, and made again. @returns null if there is no such answer. */
  async #call<T>(
    { name, method, uri, status }: ModelledOperation,
    body: object | undefined,
    read: ((value: unknown, at: string) => T) | null,
    mayFail = false,
  ): Promise<T | null> {
    this.calls += 1;
    const path = uri.replace('{id}', this.#campaignId);
    try {
      const answer = await this.#client.call(method as 'GET' | 'PUT' | 'POST', path, body);
      if (answer.status === status) {
        return read ? read(parseJson(answer.text, 'the answer'), '') : null;
      }
      if (mayFail && (answer.status === 429 || answer.status >= 500)) return null;
      this.violations.push({ kind: 'call refused', call: name, ...answer });
    } catch (error) {
      const { message } = error as Error;
      this.violations.push(
        error instanceof UserError
          ? { kind: 'call refused', call: name, status, text: message }
          : { kind: 'call unanswered', call: name, message },
      );
    }
    return null;
  }
}
