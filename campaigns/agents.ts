/** The agents of a queue: who is idle, who is with a contact, and which customers wait for one. */

import { Heap } from './collections/heap.ts';
import type { Roster } from './shifts.ts';

/** Milliseconds, summed over the agents. */
export interface AgentTime {
  /** With a contact, or in after-call work. */
  readonly busyMs: number;
  /** On shift, or busy after it. */
  readonly shiftMs: number;
}

/** For whom agents work. */
export interface Employer {
  /** Agents who are with a contact of the employer, or in after-call work for one. */
  agentsTaken: number;
}

export class Agent {
  /** Counted from 0 in the queue. The agents on shift are those with the least numbers. */
  readonly number: number;
  state: 'idle' | 'taken' | 'after call' = 'idle';
  /** When the after-call work is over. */
  freeAt = Number.NEGATIVE_INFINITY;
  employer: Employer | null = null;

  constructor(number: number) {
    this.number = number;
  }
}

export class AgentPool<Customer> {
  readonly instanceId: string;
  readonly queueId: string | null;
  readonly #roster: Roster;
  readonly #agents: Agent[] = [];
  /** Agents by the moment since which they are idle. One who is not idle any more is passed over. */
  readonly #line = new Heap<Agent>();
  #seen = Number.NEGATIVE_INFINITY;
  #changesAt: number | null = Number.NEGATIVE_INFINITY;
  #onShift = 0;
  #idle = 0;
  #busy = 0;
  /** Milliseconds, summed over the agents, up to the moment that the pool has seen. */
  #busyMs = 0;
  #shiftMs = 0;
  /** Calls that may come to need an agent: dialling, ringing, or being detected. */
  out = 0;
  /** Customers who wait for an agent, longest first. */
  readonly waiting = new Set<Customer>();

  constructor(instanceId: string, queueId: string | null, roster: Roster) {
    this.instanceId = instanceId;
    this.queueId = queueId;
    this.#roster = roster;
  }

  /** Whether anybody asked for its agents: agentless campaigns never do. */
  get isUsed(): boolean {
    return this.#seen > Number.NEGATIVE_INFINITY;
  }

  get onShift(): number {
    return this.#onShift;
  }

  get idle(): number {
    return this.#idle;
  }

  /** Agents with a contact, or in after-call work. */
  get busy(): number {
    return this.#busy;
  }

  /** The next moment at which the number of agents may change; null if it never does. */
  get changesAt(): number | null {
    return this.#changesAt;
  }

  /** How the agents spent their time until a moment that is not before the last one seen. */
  timeUntil(at: number): AgentTime {
    const since = this.#seen;
    const time = { busyMs: this.#busyMs, shiftMs: this.#shiftMs };
    if (at <= since || since === Number.NEGATIVE_INFINITY) return time;
    time.busyMs += this.#busy * (at - since);
    let [from, onShift, change] = [since, this.#onShift, this.#changesAt];
    // Shifts may have begun and ended although nobody looked.
    for (; change !== null && change < at; change = this.#roster.nextChange(from)) {
      time.shiftMs += Math.max(onShift, this.#busy) * (change - from);
      from = change;
      onShift = this.#roster.at(from);
    }
    time.shiftMs += Math.max(onShift, this.#busy) * (at - from);
    return time;
  }

  /** Lets agents come and go who did so until this moment. One who is with a contact goes afterwards. */
  see(at: number): void {
    if (at > this.#seen) {
      const { busyMs, shiftMs } = this.timeUntil(at);
      this.#busyMs = busyMs;
      this.#shiftMs = shiftMs;
      this.#seen = at;
    }
    if (this.#changesAt === null || this.#seen < this.#changesAt) return;
    const before = this.#onShift;
    this.#onShift = this.#roster.at(this.#seen);
    this.#changesAt = this.#roster.nextChange(this.#seen);
    for (let number = before; number < this.#onShift; number += 1) {
      const agent = this.agent(number);
      if (agent.state === 'idle') this.#lineUp(agent, at);
    }
    for (let number = this.#onShift; number < before; number += 1) {
      if (this.agent(number).state === 'idle') this.#idle -= 1;
    }
  }

  /** Takes the agent who has been idle longest. Undefined if there is none. */
  take(employer: Employer): Agent | undefined {
    if (this.#idle === 0) return undefined;
    for (;;) {
      const agent = this.#line.pop();
      if (agent === undefined) return undefined;
      if (agent.state !== 'idle' || agent.number >= this.#onShift) continue;
      this.hold(agent, employer);
      return agent;
    }
  }

  /** Takes an agent who is idle or in after-call work. */
  hold(agent: Agent, employer: Employer): void {
    if (agent.state === 'idle') {
      this.#busy += 1;
      if (agent.number < this.#onShift) this.#idle -= 1;
    } else this.#release(agent);
    agent.state = 'taken';
    agent.employer = employer;
    employer.agentsTaken += 1;
  }

  /** The contact of an agent is over. After-call work goes on until `freeAt`. */
  leave(agent: Agent, freeAt: number): void {
    agent.state = 'after call';
    agent.freeAt = freeAt;
  }

  /** Ends the after-call work of an agent. */
  free(agent: Agent): void {
    this.#release(agent);
    this.#busy -= 1;
    agent.state = 'idle';
    if (agent.number < this.#onShift) this.#lineUp(agent, agent.freeAt);
  }

  /** An agent, on shift or not. */
  agent(number: number): Agent {
    while (this.#agents.length <= number) this.#agents.push(new Agent(this.#agents.length));
    return this.#agents[number] as Agent;
  }

  #lineUp(agent: Agent, since: number): void {
    this.#idle += 1;
    this.#line.push(since, agent);
  }

  #release(agent: Agent): void {
    if (agent.employer !== null) agent.employer.agentsTaken -= 1;
    agent.employer = null;
  }
}
