/** A model of clients and an endpoint in virtual time. It leaves a history and a ledger, as a run would. */

import type { LedgerContact, LedgerRow, LedgerToken } from '../../load/endpoint/ledger.ts';
import { type Attempt, answerDigest, endOf } from '../../load/lib/history-line.ts';
import { letterOf } from '../../operation/connect/batch-put-contact/decide.ts';
import { identifierOf, stampOf } from '../../operation/corpus/stamp.ts';
import { errorNamed, named, RUN, sha256 } from './audited.ts';

/** What becomes of a call. */
export const FATES = [
  'answered',
  'lost before it arrives',
  'refused before its token is looked at',
  'fails before the commit',
  'fails after the commit',
  'answer lost',
] as const;

export interface PlannedCall {
  readonly token: number;
  readonly payload: number;
  /** Milliseconds until it has a connection, until it arrives, until it is done, until its answer arrives. */
  readonly waits: readonly [number, number, number, number];
  /** Milliseconds after which the client gives up. */
  readonly timeout: number;
  readonly fate: (typeof FATES)[number];
  readonly refusal: 400 | 403 | 404 | 413 | 429;
}

export interface PlannedUser {
  /** The instance that it is on, which has a clock of its own. */
  readonly instance: number;
  /** Calls at once, one group after the other, each after a pause. */
  readonly steps: readonly { readonly pause: number; readonly calls: readonly PlannedCall[] }[];
}

export interface Plan {
  readonly users: readonly PlannedUser[];
  /** Milliseconds by which the clock of each instance is ahead. */
  readonly clocks: readonly number[];
  /** The clocks are set back by so many milliseconds, at so many milliseconds. */
  readonly setBack: { readonly at: number; readonly by: number };
  readonly inFlightDuplicate: 'wait' | 'refuse';
  readonly replayMode: 'whole' | 'rerun-retryable';
  readonly tokenLifetimeMs: number;
}

/** What a wrong endpoint does, at every turn. */
export const WRONGS = [
  'reuses a contact',
  'refuses a replay with 400',
  'refuses a replay with 404',
  'refuses a replay with 409',
  'refuses a new token',
  'swaps stored identifiers',
  'creates a contact without a token',
] as const;

export type Wrong = (typeof WRONGS)[number];

type Item = { readonly contactId: string } | { readonly code: 'INTERNAL_ERROR' };

interface Stored {
  readonly payload: number;
  readonly committedAt: number;
  readonly items: readonly Item[];
}

interface Reply {
  readonly status: number;
  readonly items: readonly Item[];
}

const EPOCH = 1_700_000_000_000;
/** The item in the third place is one that may be run again. */
const FAILING = 2;
const ITEMS = 3;

/** Runs functions in the order of their times. */
class Time {
  now = 0;
  readonly #due: { readonly at: number; readonly run: () => void }[] = [];

  after(ms: number, run: () => void): void {
    const at = this.now + ms;
    const place = this.#due.findIndex((one) => one.at > at);
    this.#due.splice(place < 0 ? this.#due.length : place, 0, { at, run });
  }

  pass(): void {
    for (let next = this.#due.shift(); next; next = this.#due.shift()) {
      this.now = next.at;
      next.run();
    }
  }
}

class Endpoint {
  readonly #time: Time;
  readonly #plan: Plan;
  readonly #wrong: Wrong | null;
  readonly #stored = new Map<number, Stored>();
  readonly #running = new Map<number, { payload: number; waiting: (() => void)[] }>();
  #contacts = 0;
  /** How often the wrong endpoint did what it does. */
  bites = 0;

  constructor(time: Time, plan: Plan, wrong: Wrong | null) {
    this.#time = time;
    this.#plan = plan;
    this.#wrong = wrong;
  }

  arrive(call: PlannedCall, reply: (reply: Reply) => void): void {
    const { token, payload, fate } = call;
    const refuse = (status: number) => reply({ status, items: [] });
    if (fate === 'refused before its token is looked at') {
      refuse(call.refusal);
      return;
    }
    const running = this.#running.get(token);
    if (running) {
      if (running.payload !== payload || this.#plan.inFlightDuplicate === 'refuse') refuse(409);
      else running.waiting.push(() => this.arrive(call, reply));
      return;
    }
    const stored = this.#stored.get(token);
    if (!stored || this.#time.now >= stored.committedAt + this.#plan.tokenLifetimeMs) {
      if (this.#isWrong('refuses a new token')) refuse(409);
      else this.#run(call, null, reply);
    } else if (stored.payload !== payload) refuse(409);
    else if (this.#isWrong(`refuses a replay with ${call.refusal}` as Wrong)) refuse(call.refusal);
    else if (this.#isWrong('refuses a replay with 409')) refuse(409);
    else if (this.#plan.replayMode === 'whole') this.#answer(call, stored, reply);
    else this.#run(call, stored, reply);
  }

  #isWrong(wrong: Wrong): boolean {
    if (this.#wrong === wrong) this.bites += 1;
    return this.#wrong === wrong;
  }

  #run(call: PlannedCall, earlier: Stored | null, reply: (reply: Reply) => void): void {
    const { token, payload, fate, waits } = call;
    const claim = { payload, waiting: [] as (() => void)[] };
    this.#running.set(token, claim);
    this.#time.after(waits[2], () => {
      this.#running.delete(token);
      if (fate === 'fails before the commit') reply({ status: 500, items: [] });
      else {
        const stored = earlier ?? {
          payload,
          committedAt: this.#time.now,
          items: this.#newItems(),
        };
        this.#stored.set(token, stored);
        this.#answer(call, stored, reply);
      }
      for (const enter of claim.waiting) enter();
    });
  }

  #newItems(): Item[] {
    return Array.from({ length: ITEMS }, (_, i) => {
      if (i === FAILING) return { code: 'INTERNAL_ERROR' };
      this.#contacts += 1;
      // Of another batch than the last, so that it is not one of the same batch.
      const reused = this.#contacts > ITEMS && this.#isWrong('reuses a contact');
      return { contactId: `contact-${reused ? 1 : this.#contacts}` };
    });
  }

  #answer({ fate }: PlannedCall, { items }: Stored, reply: (reply: Reply) => void): void {
    if (fate === 'fails after the commit') reply({ status: 500, items: [] });
    else reply({ status: 200, items });
  }

  ledger(): LedgerRow[] {
    const rows: LedgerRow[] = [];
    for (const [token, { items }] of this.#stored) {
      const clientToken = stampOf(RUN, token);
      const place = (i: number) => (i < 2 && this.#isWrong('swaps stored identifiers') ? 1 - i : i);
      const stored = items.map((item, i) => ({
        ...item,
        requestIdentifier: identifierOf(clientToken, place(i)),
      }));
      rows.push({ type: 'token', clientToken, items: stored } as LedgerToken);
      for (const item of stored) {
        if ('contactId' in item) {
          rows.push({ type: 'contact', clientToken, ...item } as LedgerContact);
        }
      }
      if (this.#isWrong('creates a contact without a token')) {
        rows.push({ type: 'contact', clientToken: null, contactId: `extra-${token}` });
      }
    }
    return rows;
  }
}

export interface Observed {
  readonly history: Attempt[];
  readonly ledger: LedgerRow[];
  readonly bites: number;
}

export function observe(plan: Plan, wrong: Wrong | null = null): Observed {
  const time = new Time();
  const endpoint = new Endpoint(time, plan, wrong);
  const attempts = new Map<number, number>();
  /** The lines of each instance, in the order in which they are written. */
  const instances = plan.clocks.map((): Attempt[] => []);
  for (const [i, user] of plan.users.entries()) {
    const instance = user.instance % plan.clocks.length;
    const clock = () =>
      EPOCH +
      Math.floor(time.now) +
      (plan.clocks[instance] as number) -
      (time.now >= plan.setBack.at ? plan.setBack.by : 0);
    let events = 0;
    const send = (call: PlannedCall, done: () => void) => {
      const number = (attempts.get(call.token) ?? 0) + 1;
      attempts.set(call.token, number);
      events += 1;
      const sent = events;
      const startMs = clock();
      const [connection] = call.waits;
      const begun = time.now;
      let open = true;
      const conclude = (reply: Reply) => {
        if (!open) return;
        open = false;
        events += 1;
        const seen = { endMs: clock(), vu: i + 1, sent, answered: events };
        const durationMs = Math.max(0, time.now - begun - connection);
        instances[instance]?.push(lineOf(call, number, { startMs, durationMs, ...seen }, reply));
        done();
      };
      time.after(call.timeout, () => conclude({ status: 0, items: [] }));
      if (call.fate === 'lost before it arrives') return;
      time.after(connection + call.waits[1], () =>
        endpoint.arrive(call, (reply) => {
          if (call.fate !== 'answer lost') time.after(call.waits[3], () => conclude(reply));
        }),
      );
    };
    const begin = (step: number) => {
      const group = user.steps[step];
      if (!group) return;
      let open = group.calls.length;
      const done = () => {
        open -= 1;
        if (open === 0) begin(step + 1);
      };
      time.after(group.pause, () => {
        for (const call of group.calls) send(call, done);
      });
    };
    begin(0);
  }
  time.pass();
  return { history: merged(instances), ledger: endpoint.ledger(), bites: endpoint.bites };
}

type When = Pick<Attempt, 'startMs' | 'durationMs'> & {
  readonly endMs: number;
  readonly vu: number;
  readonly sent: number;
  readonly answered: number;
};

function lineOf(
  { token, payload }: PlannedCall,
  attempt: number,
  { startMs, durationMs, ...seen }: When,
  { status, items }: Reply,
): Attempt {
  const ids = items.flatMap((item) => ('contactId' in item ? [item.contactId] : []));
  const answer = items.map((item) => ('contactId' in item ? item.contactId : item.code)).join(' ');
  const letter = (item: Item) => ('contactId' in item ? '.' : letterOf(item.code));
  return {
    index: token,
    record: payload,
    token: stampOf(RUN, token),
    attempt,
    startMs,
    durationMs,
    status,
    error: errorNamed(status),
    letters: items.map(letter).join('') || '-',
    digest: status === 200 ? answerDigest(sha256(answer, 'hex')) : '-',
    places: '-',
    seen: { ...seen, contacts: ids.map(named).join('') || '-' },
  };
}

/** As load/history/merge-histories.ts merges files. */
function merged(instances: readonly Attempt[][]): Attempt[] {
  const lines: Attempt[] = [];
  const rest = instances.map((one) => [...one]);
  for (;;) {
    const [first] = rest
      .filter((one) => one.length > 0)
      .sort((a, b) => endOf(a[0] as Attempt) - endOf(b[0] as Attempt));
    const line = first?.shift();
    if (!line) return lines;
    lines.push(line);
  }
}
