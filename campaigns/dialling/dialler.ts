/** Dials contacts: which, and when. It gives calls to agents, and runs the steps of each call. */

import type { Agent } from '../agents.ts';
import type { TimerKind } from '../collections/timers.ts';
import { type Course, courseOf, previewOf } from '../course/course.ts';
import { isAllowed, isNeverDialled } from '../course/outcomes.ts';
import type { AgentOnContact, Dial, DialMode, DialStep } from '../records.ts';
import { callSettings } from '../settings.ts';
import { end, endIfOver } from '../state/endings.ts';
import type { KeptCampaign, KeptRequest, Pool, State } from '../state/state.ts';
import { freeLines } from './lines.ts';
import { MODES, SECOND } from './modes.ts';

/** Puts a contact in line for a call. */
export function offer(state: State, kept: KeptRequest, now: number): void {
  if (isNeverDialled(kept.given.phoneNumber)) return;
  kept.home.undialled.add(kept);
  // Pacing steps are at whole seconds, so that a restart keeps them.
  planPacing(state, kept.home, Math.ceil(now / SECOND) * SECOND);
}

/** Plans a pacing step for all campaigns of an instance, because their shares of the lines may have changed. */
export function planPacingOf(state: State, instanceId: string, at: number): void {
  for (const home of state.campaigns.values()) {
    if (home.campaign.instanceId === instanceId) planPacing(state, home, at);
  }
}

/** Goes on with a preview or a call that was begun before a restart. */
export function resumeCall(state: State, kept: KeptRequest): void {
  const { given, status, home } = kept;
  if (status.state === 'PREVIEW') {
    reserveAgain(state, kept, status.agent);
    planStep(state, kept);
  }
  if (status.state !== 'DIALING') return;
  const { dial, agent } = status;
  const second = secondOf(dial.at);
  if (second >= home.second) countDial(home, dial.at);
  kept.course = courseOf(state.options.seed, given, dial);
  if (agent !== undefined) reserveAgain(state, kept, agent);
  planStep(state, kept);
  giveDial(state, kept, dial);
}

/** Goes on with the after-call work of an agent whose contact ended before a restart. */
export function resumeAfterCall(state: State, { status, home }: KeptRequest): void {
  if (status.state !== 'ENDED' || status.agent === undefined) return;
  const { queueId, number, freeAt } = status.agent;
  const pool = state.poolOf(home.campaign.instanceId, queueId);
  const agent = pool.agent(number);
  // Only the last contact of an agent counts, and none if he or she is with another.
  if (agent.state === 'taken' || agent.freeAt >= freeAt) return;
  pool.hold(agent, home);
  pool.leave(agent, freeAt);
  state.timers.add(freeAt, FREE, { pool, agent });
}

/** Puts customers who waited for an agent before a restart in line again, in their order. */
export function resumeWaiting(state: State, waiting: readonly KeptRequest[]): void {
  const since = ({ course }: KeptRequest) => course?.talk?.waitsFrom ?? 0;
  for (const kept of [...waiting].sort((a, b) => since(a) - since(b))) {
    const { pool } = kept;
    if (pool === null || !isWaiting(kept)) continue;
    pool.waiting.add(kept);
    state.timers.add(since(kept), SERVE, pool);
  }
}

/** Ends a contact that is previewed or called. Its agent, if there is one, has work after the call. */
export function hangUp(state: State, kept: KeptRequest, reason: string, at: number): void {
  end(state, kept, reason, at);
  letGo(state, kept, at);
}

/** Lets the agent of a contact that is over, or was dropped, go. */
export function letGo(state: State, kept: KeptRequest, at: number): void {
  const { pool, agent } = kept;
  const { status } = kept;
  kept.pool = null;
  kept.agent = null;
  pool?.waiting.delete(kept);
  if (pool === null || agent === null) return;
  const freeAt = status.state === 'ENDED' ? (status.agent?.freeAt ?? at) : at;
  pool.leave(agent, freeAt);
  state.timers.add(freeAt, FREE, { pool, agent });
}

/** A pacing step: dials as many contacts of a campaign, and of those that share its agents, as may be dialled. */
export function pace(state: State, home: KeptCampaign, now: number): void {
  const mode = modeOf(home);
  if (mode === null) return;
  const pool = poolOf(state, home);
  if (mode.hasAgents) paceQueue(state, pool, now);
  else paceAll(state, home.campaign.state === 'Running' ? [home] : [], pool, now);
}

function paceQueue(state: State, pool: Pool, now: number): void {
  const homes: KeptCampaign[] = [];
  for (const home of state.campaigns.values()) {
    if (home.campaign.state !== 'Running' || modeOf(home)?.hasAgents !== true) continue;
    if (home.campaign.instanceId !== pool.instanceId) continue;
    if (home.settings.queueId === pool.queueId) homes.push(home);
  }
  pool.see(now);
  paceAll(state, homes, pool, now);
}

function paceAll(state: State, homes: readonly KeptCampaign[], pool: Pool, now: number): void {
  for (;;) {
    const due = nextOf(state, homes, pool, now);
    if (due === null) break;
    for (let room = due.room; room > 0; ) {
      const kept = due.home.undialled.take();
      if (kept === undefined) break;
      if (endIfOver(state, kept, now)) continue;
      if (!isAllowed(kept.given.phoneNumber)) {
        end(state, kept, 'OUTBOUND_DESTINATION_ENDPOINT_ERROR', now);
        continue;
      }
      if (due.mode.hasPreview) preview(state, kept, pool, now);
      else dial(state, kept, due.name, now);
      room -= 1;
    }
  }
  for (const home of homes) planNextPacing(state, home, pool, now);
}

/**
 * The campaign whose turn it is among those that may dial, and how many contacts it may dial until it is the turn of
 * another: the one that has the fewest calls and agents for its bandwidth.
 */
function nextOf(state: State, homes: readonly KeptCampaign[], pool: Pool, now: number) {
  let next: Turn | null = null;
  let leastLoad = Number.POSITIVE_INFINITY;
  let others = false;
  for (const home of homes) {
    const name = home.settings.mode;
    if (name === null || home.undialled.size === 0) continue;
    const mode = MODES[name];
    const room = Math.min(mode.room(home, pool, now), freeLines(state, home).lines);
    if (room <= 0) continue;
    others = next !== null;
    const load = (home.out + home.agentsTaken) / (home.settings.bandwidth ?? 1);
    if (load >= leastLoad) continue;
    leastLoad = load;
    next = { home, name, mode, room };
  }
  return next === null || !others ? next : { ...next, room: 1 };
}

interface Turn {
  readonly home: KeptCampaign;
  readonly name: DialMode;
  readonly mode: (typeof MODES)[DialMode];
  readonly room: number;
}

/** The end of one of the campaign's own calls, and an agent who becomes idle, are pacing steps. Others are planned. */
function planNextPacing(state: State, home: KeptCampaign, pool: Pool, now: number): void {
  const mode = modeOf(home);
  if (mode === null || home.undialled.size === 0) return;
  const { lines, own } = freeLines(state, home);
  if (own <= 0) return;
  const every = lines > 0 ? mode.every : SECOND;
  if (every !== null) planPacing(state, home, (Math.floor(now / every) + 1) * every);
  if (mode.hasAgents && pool.changesAt !== null) planPacing(state, home, pool.changesAt);
}

/** An idle agent gets a contact to look at. */
function preview(state: State, kept: KeptRequest, pool: Pool, now: number): void {
  const { given, status, home } = kept;
  const agent = pool.take(home);
  if (agent === undefined || status.state !== 'CREATED') {
    throw new Error(`the contact of ${given.id} was given to an agent who is not there`);
  }
  kept.pool = pool;
  kept.agent = agent;
  state.setStatus(kept, {
    state: 'PREVIEW',
    contact: status.contact,
    agent: { queueId: pool.queueId, number: agent.number, at: now, previewedAt: now },
    preview: home.settings.preview ?? { seconds: 0, discard: false },
  });
  planStep(state, kept);
}

function dial(state: State, kept: KeptRequest, mode: DialMode, now: number): void {
  const { given, status, home } = kept;
  if (status.state !== 'CREATED' && status.state !== 'PREVIEW') return;
  const agent = status.state === 'PREVIEW' ? status.agent : null;
  const settings = callSettings(mode, home.settings, given);
  const made: Dial = {
    dialId: state.options.newId(),
    at: now,
    call: agent === null ? settings : { ...settings, queueId: agent.queueId },
  };
  const { queueId } = made.call;
  if (queueId !== undefined) kept.pool ??= poolOf(state, home);
  state.setStatus(kept, {
    state: 'DIALING',
    contact: status.contact,
    dial: made,
    step: 'DIALING',
    ...(agent && { agent }),
  });
  countDial(home, now);
  home.figures.dials += 1;
  kept.course = courseOf(state.options.seed, given, made);
  planStep(state, kept);
  giveDial(state, kept, made);
}

function giveDial(state: State, { given, status }: KeptRequest, dial: Dial): void {
  if (!state.tellsAll || !('contact' in status)) return;
  state.actions.push({
    kind: 'dial',
    record: {
      dialId: dial.dialId,
      at: dial.at,
      call: dial.call,
      contactId: status.contact.contactId,
      dialRequestId: given.id,
      campaignId: given.campaignId,
      phoneNumber: given.phoneNumber,
    },
  });
}

function reserveAgain(state: State, kept: KeptRequest, on: AgentOnContact): void {
  const pool = state.poolOf(kept.home.campaign.instanceId, on.queueId);
  const agent = pool.agent(on.number);
  pool.hold(agent, kept.home);
  kept.pool = pool;
  kept.agent = agent;
}

/** Gives idle agents to the customers who wait, longest first. */
function serve(state: State, pool: Pool, at: number): void {
  pool.see(at);
  for (const kept of pool.waiting) {
    const agent = pool.take(kept.home);
    if (agent === undefined) break;
    pool.waiting.delete(kept);
    kept.agent = agent;
    connect(state, kept, { queueId: pool.queueId, number: agent.number, at });
  }
  if (pool.waiting.size > 0 && pool.changesAt !== null) {
    state.timers.add(pool.changesAt, SERVE, pool);
  }
}

function connect(state: State, kept: KeptRequest, agent: AgentOnContact): void {
  const { status } = kept;
  if (status.state !== 'DIALING') return;
  state.setStatus(kept, { ...status, step: 'WITH_AGENT', agent });
  kept.home.figures.connected += 1;
  if (kept.course?.by === 'human') kept.home.figures.reached += 1;
  learnWait(kept, agent.at, false);
  planStep(state, kept);
}

function countAnswer({ figures }: KeptCampaign, { by, talk }: Course): void {
  if (by !== 'human') {
    figures.machines += 1;
    return;
  }
  figures.humans += 1;
  if (talk === null) figures.reached += 1;
}

/** @param hungUp whether the customer gave up. */
function learnWait({ home, course }: KeptRequest, at: number, hungUp: boolean): void {
  const talk = course?.talk;
  if (!talk) return;
  const { from, threshold } = home.settings.abandonment;
  const since = from === 'GREETING_START' ? talk.answeredAt : talk.waitsFrom;
  const abandoned = hungUp || at - since > threshold;
  home.learned.waited(abandoned, at);
  home.figures.waited += 1;
  if (abandoned) home.figures.abandoned += 1;
}

function countDial(home: KeptCampaign, at: number): void {
  const second = secondOf(at);
  if (home.second !== second) {
    home.second = second;
    home.dialsInSecond = 0;
  }
  home.dialsInSecond += 1;
}

function secondOf(at: number): number {
  return Math.floor(at / SECOND);
}

function modeOf({ settings }: KeptCampaign) {
  return settings.mode === null ? null : MODES[settings.mode];
}

function poolOf(state: State, home: KeptCampaign): Pool {
  const { queueId } = home.settings;
  if (home.pool === null || home.pool.queueId !== queueId) {
    home.pool = state.poolOf(home.campaign.instanceId, queueId);
  }
  return home.pool;
}

function isWaiting({ status, course }: KeptRequest): boolean {
  return status.state === 'DIALING' && status.step === 'QUEUED' && course?.talk?.isTaken === true;
}

function planPacing(state: State, home: KeptCampaign, at: number): void {
  if (home.undialled.size === 0) return;
  if (home.paceAt !== null && home.paceAt <= at) return;
  home.paceAt = at;
  state.timers.add(at, PACE, home);
}

/** Plans the step after the one that a preview or a call is in. */
function planStep(state: State, kept: KeptRequest): void {
  const at = nextMoment(state, kept);
  if (at === null) return;
  kept.stepAt = at;
  state.timers.add(at, CALL_STEP, kept);
}

function nextMoment(state: State, kept: KeptRequest): number | null {
  const { course, given, status } = kept;
  if (status.state === 'PREVIEW') {
    return previewOf(state.options.seed, given, status.agent.at, status.preview).endsAt;
  }
  if (status.state !== 'DIALING' || course === null) return null;
  if (status.step === 'WITH_AGENT') return (status.agent?.at ?? 0) + (course.talk?.handle ?? 0);
  return nextStep(course, status.step)?.at ?? course.endsAt;
}

/** The step after another, without an agent; undefined if it is the last. */
function nextStep({ steps }: Course, current: DialStep) {
  return steps[steps.findIndex(({ step }) => step === current) + 1];
}

const PACE: TimerKind<State, KeptCampaign> = {
  live: ({ gone, paceAt }, at) => !gone && paceAt === at,
  run: (state, home, now) => {
    home.paceAt = null;
    pace(state, home, now);
  },
};

/** The moments of a call's steps are those of its course, even if they are run late. */
const CALL_STEP: TimerKind<State, KeptRequest> = {
  live: ({ gone, stepAt, status }, at) =>
    !gone && stepAt === at && (status.state === 'PREVIEW' || status.state === 'DIALING'),
  run: (state, kept, now, at) => {
    const { home, pool } = kept;
    const { status } = kept;
    if (status.state === 'PREVIEW') endPreview(state, kept, now, at);
    else if (status.state === 'DIALING') stepOn(state, kept, at);
    if (pool !== null) paceQueue(state, pool, now);
    if (pool === null || pool !== poolOf(state, home)) pace(state, home, now);
  },
};

function endPreview(state: State, kept: KeptRequest, now: number, at: number): void {
  const { status } = kept;
  if (status.state !== 'PREVIEW') return;
  const { discards } = previewOf(state.options.seed, kept.given, status.agent.at, status.preview);
  if (discards) hangUp(state, kept, 'OUTBOUND_PREVIEW_DISCARDED', at);
  else dial(state, kept, 'preview', now);
}

function stepOn(state: State, kept: KeptRequest, at: number): void {
  const { course, pool, home } = kept;
  const { status } = kept;
  if (status.state !== 'DIALING' || course === null) return;
  if (status.step === 'WITH_AGENT') {
    hangUp(state, kept, course.talk?.reason ?? course.reason, at);
    return;
  }
  const next = nextStep(course, status.step);
  if (next === undefined) {
    if (status.step === 'QUEUED') learnWait(kept, at, true);
    else if (status.step !== 'FLOW') home.learned.finished(false);
    hangUp(state, kept, course.reason, at);
    return;
  }
  if (next.step === 'QUEUED' || next.step === 'FLOW') {
    home.learned.finished(next.step === 'QUEUED');
    countAnswer(home, course);
  }
  if (next.step === 'QUEUED' && status.agent !== undefined) {
    connect(state, kept, { ...status.agent, at });
    return;
  }
  state.setStatus(kept, { ...status, step: next.step });
  planStep(state, kept);
  if (pool === null || !isWaiting(kept)) return;
  pool.waiting.add(kept);
  serve(state, pool, at);
}

/** An agent whose after-call work is over. */
const FREE: TimerKind<State, { readonly pool: Pool; readonly agent: Agent }> = {
  live: ({ agent }, at) => agent.state === 'after call' && agent.freeAt === at,
  run: (state, { pool, agent }, now, at) => {
    pool.see(at);
    pool.free(agent);
    serve(state, pool, at);
    paceQueue(state, pool, now);
  },
};

/** A moment at which agents may come while customers wait. It is planned again whenever a customer has to wait. */
const SERVE: TimerKind<State, Pool> = {
  live: ({ waiting }) => waiting.size > 0,
  run: (state, pool, _, at) => serve(state, pool, at),
};
