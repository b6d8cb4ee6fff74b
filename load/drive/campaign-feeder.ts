/** Creates and starts a campaign, sends it dial requests, and compares each answer with the prediction. */

import {
  type DialItemBatch,
  dialRequestOf,
  outboundRequestOf,
} from '../../generators/dial-batch.ts';
import type { ModelledOperation } from '../../operation/aws/definition/model.ts';
import type { DialItem } from '../../operation/campaigns/failures.ts';
import type { CampaignViolation } from '../../run/statements/campaigns.ts';
import { UserError } from '../../system/errors.ts';
import { filledText, list, optional, parseJson, structure, text } from '../../system/read.ts';
import type { CampaignsClient } from '../endpoint/campaigns-client.ts';
import { CAMPAIGN_APIS } from '../lib/campaign-api.ts';
import { Accepted } from './accepted.ts';

/** The versions of outbound campaigns. */
export type CampaignVersion = keyof typeof APIS;

export const APIS = {
  1: {
    ...CAMPAIGN_APIS[1],
    members: CAMPAIGN_APIS[1].members.agentless,
    bodyOf: (items: readonly DialItem[]) => ({ dialRequests: items.map(dialRequestOf) }),
  },
  2: {
    ...CAMPAIGN_APIS[2],
    members: CAMPAIGN_APIS[2].members.agentless,
    bodyOf: (items: readonly DialItem[]) => ({ outboundRequests: items.map(outboundRequestOf) }),
  },
} as const;

export const made = structure<{ readonly id: string }>({ id: filledText });
export const stated = structure<{ readonly state: string }>({ state: text });
const token = optional(text, '');
export interface Answered {
  readonly successfulRequests: readonly { readonly clientToken: string; readonly id: string }[];
  readonly failedRequests: readonly {
    readonly clientToken: string;
    readonly failureCode: string;
  }[];
}

export const answered = structure<Answered>({
  successfulRequests: list(
    structure<Answered['successfulRequests'][number]>({ clientToken: token, id: filledText }),
  ),
  failedRequests: list(
    structure<Answered['failedRequests'][number]>({ clientToken: token, failureCode: text }),
  ),
});

export class CampaignFeeder {
  readonly version: CampaignVersion;
  readonly #accepted = new Accepted();
  /** Failure code -> items. */
  readonly refused: Record<string, number> = {};
  readonly violations: CampaignViolation[] = [];
  /** Dial requests sent for the first time. */
  sent = 0;
  /** Of these, those in a batch that was answered. */
  answered = 0;
  /** Items that were sent again. */
  repeats = 0;
  calls = 0;
  readonly #client: CampaignsClient;
  readonly #instanceId: string;
  #campaignId: string | null = null;

  constructor(client: CampaignsClient, version: CampaignVersion, instanceId: string) {
    this.#client = client;
    this.version = version;
    this.#instanceId = instanceId;
  }

  /** Id of the dial request -> its clientToken. */
  get accepted(): ReadonlyMap<string, string> {
    return this.#accepted.tokens;
  }

  /** The operation that takes dial requests. */
  get operation(): string {
    return APIS[this.version].put.name;
  }

  /** Creates the campaign and starts it. It is Running some time later. */
  async start(): Promise<void> {
    const { model, members } = APIS[this.version];
    const created = await this.#call(
      model.CreateCampaign,
      { name: `run, version ${this.version}`, connectInstanceId: this.#instanceId, ...members },
      made,
    );
    if (!created) return;
    this.#campaignId = created.id;
    await this.#call(model.StartCampaign, undefined, null);
  }

  /** Whether the campaign takes dial requests. */
  async isRunning(): Promise<boolean> {
    if (this.#campaignId === null) return false;
    const found = await this.#call(APIS[this.version].model.GetCampaignState, undefined, stated);
    if (!found) return false;
    const { state } = found;
    if (state !== 'Running') {
      this.violations.push({ kind: 'not running', version: this.version, state });
    }
    return state === 'Running';
  }

  /**
   * Sends a batch.
   *
   * @returns the items that were accepted; null if there is no such answer.
   */
  async feed({ items, predicted }: DialItemBatch): Promise<readonly DialItem[] | null> {
    this.sent += items.length;
    const answer = await this.#put(
      items.map((item, i) => ({ item, predicted: predicted[i] ?? 'Accepted' })),
    );
    if (!answer) return null;
    this.answered += items.length;
    for (const { failureCode } of answer.failedRequests) {
      this.refused[failureCode] = (this.refused[failureCode] ?? 0) + 1;
    }
    const ids = new Set(answer.successfulRequests.map(({ clientToken }) => clientToken));
    const kept = new Set<string>();
    // A clientToken can be that of a refused item too: the first item with it is the accepted one.
    return items.filter(({ clientToken }, i) => {
      if (predicted[i] !== 'Accepted' || !ids.has(clientToken) || kept.has(clientToken)) {
        return false;
      }
      kept.add(clientToken);
      return true;
    });
  }

  /** Sends accepted items again. Each must be answered with the id that it has. */
  async repeat(items: readonly DialItem[]): Promise<void> {
    if (items.length === 0) return;
    this.repeats += items.length;
    await this.#put(items.map((item) => ({ item, predicted: 'Accepted' })));
  }

  async #put(
    asked: readonly { readonly item: DialItem; readonly predicted: string }[],
  ): Promise<Answered | null> {
    const { put, bodyOf } = APIS[this.version];
    const answer = await this.#call(put, bodyOf(asked.map(({ item }) => item)), answered);
    if (!answer) return null;
    const { successfulRequests, failedRequests } = answer;
    this.violations.push(...this.#accepted.take(successfulRequests));
    this.#compare(
      asked.map(({ item: { clientToken }, predicted }) => [clientToken, predicted]),
      [
        ...successfulRequests.map(({ clientToken }) => [clientToken, 'Accepted'] as const),
        ...failedRequests.map(
          ({ clientToken, failureCode }) => [clientToken, failureCode] as const,
        ),
      ],
    );
    return answer;
  }

  /** Finds for each item its answer, and tells the items and the answers that are left. */
  #compare(
    asked: readonly (readonly [clientToken: string, predicted: string])[],
    told: readonly (readonly [clientToken: string, answered: string])[],
  ): void {
    const left = new Map<string, string[]>();
    for (const [clientToken, answer] of told) {
      left.set(clientToken, [...(left.get(clientToken) ?? []), answer]);
    }
    const { operation } = this;
    const open = asked.filter(([clientToken, predicted]) => {
      const answers = left.get(clientToken) ?? [];
      const at = answers.indexOf(predicted);
      if (at >= 0) answers.splice(at, 1);
      return at < 0;
    });
    for (const [clientToken, predicted] of open) {
      const answer = left.get(clientToken)?.shift() ?? null;
      this.violations.push({
        kind: 'answered otherwise',
        operation,
        clientToken,
        predicted,
        answered: answer,
      });
    }
    for (const [clientToken, answers] of left) {
      for (const answer of answers) {
        this.violations.push({
          kind: 'answered otherwise',
          operation,
          clientToken,
          predicted: null,
          answered: answer,
        });
      }
    }
  }

  /** @param read reads the answer; null where the operation has none. @returns null if there is no such answer. */
  async #call<T>(
    { name, method, uri, status }: ModelledOperation,
    body: object | undefined,
    read: ((value: unknown, at: string) => T) | null,
  ): Promise<T | null> {
    this.calls += 1;
    const path = uri.replace('{id}', this.#campaignId ?? '');
    try {
      const answer = await this.#client.call(method as 'GET' | 'PUT' | 'POST', path, body);
      if (answer.status !== status) {
        const { status: found, text: said } = answer;
        this.violations.push({ kind: 'call refused', call: name, status: found, text: said });
        return null;
      }
      return read ? read(parseJson(answer.text, 'the answer'), '') : null;
    } catch (error) {
      const { message } = error as Error;
      if (error instanceof UserError) {
        this.violations.push({ kind: 'call refused', call: name, status, text: message });
      } else this.violations.push({ kind: 'call unanswered', call: name, message });
      return null;
    }
  }
}
