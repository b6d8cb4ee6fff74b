/** Dials contacts: which, when and how many, and the steps of each call. A row for each mode of dialling. */

import { courseOf } from './course.ts';
import { end, endIfOver } from './endings.ts';
import { isAllowed, isNeverDialled } from './outcomes.ts';
import type { Dial, DialMode } from './records.ts';
import { callSettings } from './settings.ts';
import type { KeptCampaign, KeptRequest, State } from './state.ts';
import type { TimerKind } from './timers.ts';

/** How a campaign in one mode dials. */
interface Mode {
  /** How many contacts the campaign may dial now, of those that its lines allow. */
  room(home: KeptCampaign, freeLines: number, now: number): number;
}

/** Milliseconds from one pacing step to the next. The steps are at whole seconds, so that a restart keeps them. */
const PACING = 1_000;
const AGENTLESS_DIALS_A_SECOND = 5;

const AGENTLESS: Mode = {
  room: (home, freeLines, now) =>
    Math.min(
      freeLines,
      AGENTLESS_DIALS_A_SECOND - (home.second === secondOf(now) ? home.dialsInSecond : 0),
    ),
};

/** The modes in which campaigns dial. Contacts of a campaign in another mode wait until they expire. */
const MODES: Readonly<Partial<Record<DialMode, Mode>>> = { agentless: AGENTLESS };

/** Puts a contact in line for a call. */
export function offer(state: State, kept: KeptRequest, now: number): void {
  if (isNeverDialled(kept.request.phoneNumber)) return;
  kept.home.undialled.add(kept);
  planPacing(state, kept.home, Math.ceil(now / PACING) * PACING);
}

/** Plans a pacing step for all campaigns of an instance, because their shares of the lines may have changed. */
export function planPacingOf(state: State, instanceId: string, at: number): void {
  for (const home of state.campaigns.values()) {
    if (home.campaign.instanceId === instanceId) planPacing(state, home, at);
  }
}

/** Goes on with a call that was made before a restart. */
export function resumeCall(state: State, kept: KeptRequest): void {
  const { request } = kept;
  const { status } = request;
  if (status.state !== 'DIALING') return;
  const { dial } = status;
  const second = secondOf(dial.at);
  if (second >= kept.home.second) countDial(kept.home, dial.at);
  kept.course = courseOf(state.options.seed, request, dial);
  planStep(state, kept);
  giveDial(state, kept, dial);
}

/** A pacing step: dials as many contacts of a campaign as its mode and its lines allow. */
export function pace(state: State, home: KeptCampaign, now: number): void {
  const { mode } = home.settings;
  const dialler = mode === null ? undefined : MODES[mode];
  if (dialler === undefined || mode === null || home.campaign.state !== 'Running') return;
  const { lines, own } = freeLines(state, home);
  let dialled = 0;
  for (let room = dialler.room(home, lines, now); room > 0; ) {
    const kept = home.undialled.take();
    if (kept === undefined) return;
    if (endIfOver(state, kept, now)) continue;
    if (!isAllowed(kept.request.phoneNumber)) {
      end(state, kept, 'OUTBOUND_DESTINATION_ENDPOINT_ERROR', now);
      continue;
    }
    dial(state, kept, mode, now);
    room -= 1;
    dialled += 1;
  }
  // The end of one of the campaign's own calls is a pacing step. Other limits end with time.
  if (home.undialled.size > 0 && own > dialled) {
    planPacing(state, home, (secondOf(now) + 1) * PACING);
  }
}

/** Lines that are free: of the campaign's own share, and of those also free in the instance. */
function freeLines(state: State, home: KeptCampaign): { lines: number; own: number } {
  const { concurrentCalls } = state.options.choices;
  if (concurrentCalls === 0) return { lines: 0, own: 0 };
  let calls = 0;
  let capacities = 0;
  for (const { campaign, counts, settings } of state.campaigns.values()) {
    if (campaign.instanceId !== home.campaign.instanceId) continue;
    calls += counts.dialing;
    if (campaign.state === 'Running') capacities += settings.capacity;
  }
  const share = Math.floor((concurrentCalls * home.settings.capacity) / Math.max(1, capacities));
  const own = Math.max(1, share) - home.counts.dialing;
  return { lines: Math.min(own, concurrentCalls - calls), own };
}

function dial(state: State, kept: KeptRequest, mode: DialMode, now: number): void {
  const { request, home } = kept;
  if (request.status.state !== 'CREATED') return;
  const made: Dial = {
    dialId: state.options.newId(),
    at: now,
    call: callSettings(mode, home.settings, request),
  };
  const { contact } = request.status;
  state.setStatus(kept, { state: 'DIALING', contact, dial: made, step: 'DIALING' });
  countDial(home, now);
  kept.course = courseOf(state.options.seed, request, made);
  planStep(state, kept);
  giveDial(state, kept, made);
}

function giveDial(state: State, { request }: KeptRequest, dial: Dial): void {
  if (!('contact' in request.status)) return;
  state.actions.push({
    kind: 'dial',
    record: {
      ...dial,
      contactId: request.status.contact.contactId,
      dialRequestId: request.id,
      campaignId: request.campaignId,
      phoneNumber: request.phoneNumber,
    },
  });
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
  return Math.floor(at / PACING);
}

function planPacing(state: State, home: KeptCampaign, at: number): void {
  if (home.undialled.size === 0) return;
  if (home.paceAt !== null && home.paceAt <= at) return;
  home.paceAt = at;
  state.timers.add(at, PACE, home);
}

/** Plans the step after the one that a call is in. */
function planStep(state: State, kept: KeptRequest): void {
  const { course } = kept;
  if (course === null) return;
  state.timers.add(nextStep(kept)?.at ?? course.endsAt, CALL_STEP, kept);
}

/** The step after the one that a call is in; undefined if it is the last. */
function nextStep({ course, request: { status } }: KeptRequest) {
  const current = status.state === 'DIALING' ? status.step : null;
  const steps = course?.steps ?? [];
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
  live: ({ gone, request: { status } }) => !gone && status.state === 'DIALING',
  run: (state, kept, now) => {
    const { course, request } = kept;
    const { status } = request;
    if (course === null || status.state !== 'DIALING') return;
    const next = nextStep(kept);
    if (next !== undefined) {
      state.setStatus(kept, { ...status, step: next.step });
      planStep(state, kept);
      return;
    }
    end(state, kept, course.reason, course.endsAt);
    pace(state, kept.home, now);
  },
};
