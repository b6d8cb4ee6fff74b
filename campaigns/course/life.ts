/** The life of a contact that was made of a dial request: a function of its status and of the course of its call. */

import type { AgentOfContact, ContactLife } from '../../operation/connect/contact/life.ts';
import type { Dial, DialRequest, RequestStatus } from '../records.ts';
import { type Course, courseOf } from './course.ts';

/** @returns null while there is no contact, and if there is never one. */
export function lifeOf(seed: number, request: DialRequest): ContactLife | null {
  const { status } = request;
  if (!('contact' in status)) return null;
  const dial = 'dial' in status ? status.dial : null;
  const course = dial && courseOf(seed, request, dial);
  const ended = status.state === 'ENDED' ? { reason: status.reason, at: status.at } : null;
  const agent = agentOf(status, dial, course);
  const reached = reachedBy(status, course, ended?.at ?? null);
  const { detected } = course ?? {};
  const isQueued = agent?.previewedAt == null && course?.talk != null;
  const freeAt =
    status.state === 'ENDED' && agent?.connectedAt != null ? status.agent?.freeAt : null;
  return {
    createdAt: status.contact.at,
    dialledAt: dial?.at ?? null,
    ringsAt: reached(momentOf(course, 'RINGING')),
    detected: detected && reached(detected.at) !== null ? detected : null,
    queuedAt: isQueued ? reached(momentOf(course, 'QUEUED')) : null,
    agent,
    ended,
    completedAt: isWorking(status) ? null : (freeAt ?? ended?.at ?? null),
  };
}

/** Whether the agent of a contact that ended still works on it. */
export function isWorking(status: RequestStatus): boolean {
  return status.state === 'ENDED' && status.agent?.working === true;
}

/**
 * Tells whether a moment of the course has come. While the call goes on, its step says so: the moment of a step may
 * be over before the step is run. Of a call that is over, what came before the end has happened.
 */
function reachedBy(status: RequestStatus, course: Course | null, endedAt: number | null) {
  const current = status.state === 'DIALING' ? status.step : null;
  const step = current === 'WITH_AGENT' ? 'QUEUED' : current;
  const until = endedAt ?? (step === null ? null : momentOf(course, step));
  return (at: number | null): number | null =>
    at !== null && until !== null && at <= until ? at : null;
}

function momentOf(course: Course | null, wanted: string): number | null {
  return course?.steps.find(({ step }) => step === wanted)?.at ?? null;
}

function agentOf(
  status: RequestStatus,
  dial: Dial | null,
  course: Course | null,
): AgentOfContact | null {
  if (!('agent' in status) || status.agent === undefined) return null;
  const { queueId, number, at, previewedAt = null } = status.agent;
  // An agent who previews a contact is reserved before the customer answers.
  const isWith = course?.talk != null && at >= course.talk.waitsFrom;
  return {
    queueId,
    number,
    previewedAt,
    previewEndsAt: previewedAt === null ? null : (dial?.at ?? null),
    connectedAt: isWith ? at : null,
  };
}
