/** A driver in virtual time: it commits the changes of an engine, then performs its actions. */

import type {
  Action,
  BatchResult,
  CampaignEngine,
  ContactStep,
  DialRecord,
  Finding,
  Outcome,
} from '../../campaigns/campaign-engine.ts';
import type { CampaignBatch, Change, KeptRecord } from '../../campaigns/records.ts';

/** Answers one attempt of a batch; null to leave its outcome open. */
export type Endpoint = (batch: CampaignBatch, now: number) => Outcome | null;

export class Road {
  now: number;
  readonly engine: CampaignEngine;
  /** What is committed, by kind and id. */
  readonly kept = new Map<string, KeptRecord>();
  readonly sent: CampaignBatch[] = [];
  readonly dials: DialRecord[] = [];
  readonly findings: Finding[] = [];
  readonly steps: ContactStep[] = [];
  endpoint: Endpoint;

  constructor(engine: CampaignEngine, now: number, endpoint: Endpoint = creating()) {
    this.engine = engine;
    this.now = now;
    this.endpoint = endpoint;
  }

  /** Does something with the engine, and all that follows from it at once. */
  step<T>(act: (engine: CampaignEngine, now: number) => T): T {
    const result = act(this.engine, this.now);
    this.flush();
    return result;
  }

  flush(): void {
    for (;;) {
      const { changes, actions } = this.engine.take();
      if (changes.length === 0 && actions.length === 0) return;
      commit(this.kept, changes);
      for (const action of actions) this.#perform(action);
    }
  }

  settle(token: string, outcome: Outcome): void {
    this.step((engine, now) => engine.settle(token, outcome, now));
  }

  /** Runs every timer that is due within this time, each at its moment. */
  advance(milliseconds: number): void {
    const until = this.now + milliseconds;
    for (;;) {
      const at = this.engine.dueAt();
      if (at === null || at > until) break;
      this.now = Math.max(this.now, at);
      this.step((engine, now) => engine.runNext(now));
    }
    this.now = until;
  }

  #perform(action: Action): void {
    if (action.kind === 'dial') this.dials.push(action.record);
    else if (action.kind === 'finding') this.findings.push(action.finding);
    else if (action.kind === 'step') this.steps.push(action.step);
    else {
      this.sent.push(action.batch);
      const outcome = this.endpoint(action.batch, this.now);
      if (outcome !== null) this.engine.settle(action.batch.token, outcome, this.now);
    }
  }
}

export function commit(kept: Map<string, KeptRecord>, changes: readonly Change[]): void {
  for (const { kind, id, value } of changes) {
    if (value === null) kept.delete(`${kind} ${id}`);
    else kept.set(`${kind} ${id}`, { kind, value } as KeptRecord);
  }
}

export function answer(over: Partial<Extract<Outcome, { kind: 'answer' }>> = {}): Outcome {
  return { kind: 'answer', status: 200, error: null, results: [], retryAfter: null, ...over };
}

export const error = (status: number, name: string, retryAfter: number | null = null): Outcome =>
  answer({ status, error: name, retryAfter });

export const LOST: Outcome = { kind: 'lost' };

/** An endpoint that creates a contact of each item, and gives the same contacts for the same token. */
export function creating(
  result: (requestId: string, contactId: string) => BatchResult = (
    requestIdentifier,
    contactId,
  ) => ({
    requestIdentifier,
    contactId,
  }),
): Endpoint {
  const answers = new Map<string, Outcome>();
  return ({ token, requestIds }) => {
    const known = answers.get(token);
    if (known !== undefined) return known;
    const results = requestIds.map((id) => result(id, `contact of ${id} by ${token}`));
    const first = answer({ results });
    answers.set(token, first);
    return first;
  };
}
