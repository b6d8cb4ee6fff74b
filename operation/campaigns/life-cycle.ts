/** The life cycle of a campaign: what each call does in each state. Both versions of the service share it. */

import { assumed, documented, inferred, type Provenance } from '../aws/provenance.ts';

/** The states that the service models have. Version 1 has no Completed. */
export type CampaignState =
  | 'Initialized'
  | 'Running'
  | 'Paused'
  | 'Stopped'
  | 'Failed'
  | 'Completed';

export const CAMPAIGN_STATES = [
  'Initialized',
  'Running',
  'Paused',
  'Stopped',
  'Failed',
  'Completed',
] as const satisfies readonly CampaignState[];

/** `starting` is a campaign that was started and is not yet Running. GetCampaignState answers Initialized for it. */
export type Standing = CampaignState | 'starting';

export type LifeCycleCall =
  | 'StartCampaign'
  | 'PauseCampaign'
  | 'ResumeCampaign'
  | 'StopCampaign'
  | 'DeleteCampaign';

/** The error of a call that a state does not allow. */
export type LifeCycleError =
  | 'InvalidCampaignStateException'
  | 'ConflictException'
  | 'ValidationException';

export type Transition =
  | { readonly to: 'starting' | CampaignState | 'gone' }
  | { readonly error: LifeCycleError };

const WRONG_STATE = { error: 'InvalidCampaignStateException' } as const;
const CONFLICT = { error: 'ConflictException' } as const;
/** DeleteCampaign has no 409 in its model. */
const INVALID = { error: 'ValidationException' } as const;
const GONE = { to: 'gone' } as const;

const TRANSITIONS: Readonly<Record<Standing, Readonly<Record<LifeCycleCall, Transition>>>> = {
  Initialized: {
    StartCampaign: { to: 'starting' },
    PauseCampaign: WRONG_STATE,
    ResumeCampaign: WRONG_STATE,
    StopCampaign: WRONG_STATE,
    DeleteCampaign: GONE,
  },
  starting: {
    StartCampaign: CONFLICT,
    PauseCampaign: WRONG_STATE,
    ResumeCampaign: WRONG_STATE,
    StopCampaign: WRONG_STATE,
    DeleteCampaign: INVALID,
  },
  Running: {
    StartCampaign: WRONG_STATE,
    PauseCampaign: { to: 'Paused' },
    ResumeCampaign: WRONG_STATE,
    StopCampaign: { to: 'Stopped' },
    DeleteCampaign: INVALID,
  },
  Paused: {
    StartCampaign: WRONG_STATE,
    PauseCampaign: WRONG_STATE,
    ResumeCampaign: { to: 'Running' },
    StopCampaign: { to: 'Stopped' },
    DeleteCampaign: INVALID,
  },
  Stopped: {
    StartCampaign: WRONG_STATE,
    PauseCampaign: WRONG_STATE,
    ResumeCampaign: WRONG_STATE,
    StopCampaign: WRONG_STATE,
    DeleteCampaign: GONE,
  },
  Failed: {
    StartCampaign: WRONG_STATE,
    PauseCampaign: WRONG_STATE,
    ResumeCampaign: WRONG_STATE,
    StopCampaign: WRONG_STATE,
    DeleteCampaign: GONE,
  },
  Completed: {
    StartCampaign: WRONG_STATE,
    PauseCampaign: WRONG_STATE,
    ResumeCampaign: WRONG_STATE,
    StopCampaign: CONFLICT,
    DeleteCampaign: GONE,
  },
};

export const LIFE_CYCLE_PROVENANCE = {
  states: documented('service models connectcampaigns and connectcampaignsv2'),
  moves: inferred('API pages of Start, Pause, Resume and Stop'),
  start: inferred('a public feeder polls GetCampaignState until Running'),
  stopOfCompleted: inferred('a public report of ConflictException'),
  deleteOfRunning: inferred('a public report that it is refused; which error is assumed'),
  wrongState: assumed('InvalidCampaignStateException and ConflictException are both modelled'),
} as const satisfies Record<string, Provenance>;

/** What a call does to a campaign. @param wrongTransition the error of a call that the state does not allow. */
export function transitionOf(
  standing: Standing,
  call: LifeCycleCall,
  wrongTransition: 'InvalidCampaignStateException' | 'ConflictException',
): Transition {
  const transition = TRANSITIONS[standing][call];
  const isWrongState =
    'error' in transition && transition.error === 'InvalidCampaignStateException';
  return isWrongState ? { error: wrongTransition } : transition;
}
