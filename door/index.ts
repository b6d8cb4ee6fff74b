/** `dialproof`: the emulated endpoint, for tests. */

export type { DialRequestOutcome } from '../campaigns/course/told.ts';
export type { CampaignState } from '../campaigns/records.ts';
export type { Shift, Staff, StaffPlan } from '../campaigns/shifts.ts';
export { type Config, defineConfig } from '../config/config.ts';
export type { BugName } from '../emulator/bugs/bugs.ts';
export type { Clock } from '../emulator/emulator.ts';
export type { EventFaults } from '../emulator/events/disturbance.ts';
export type { BuiltInPlanName } from '../emulator/faults/built-in-plans.ts';
export type { FaultKind } from '../emulator/faults/kinds.ts';
export type { WrittenPlan } from '../emulator/faults/plan.ts';
export type { Seed, SeedInstance, SeedKey } from '../emulator/seed.ts';
export type { TlsPair } from '../emulator/wire/self-signed.ts';
export type { FeederVerdict, JudgeOptions } from '../feeders/verdict.ts';
export type { CampaignChoices } from '../operation/campaigns/choices.ts';
export type { Choices } from '../operation/connect/choices.ts';
export type { Queue } from '../operation/connect/facts.ts';
export { UnavailableError, UserError } from '../system/errors.ts';
export type {
  Account,
  ClientConfig,
  Credentials,
  TimeSpan,
  VirtualClock,
} from './account.ts';
export type {
  CampaignOptions,
  CampaignSummary,
  Campaigns,
  DialRequestFilter,
  FeederReport,
  FeederStatement,
} from './campaigns.ts';
export { configuredOptions } from './configured.ts';
export {
  type AccountOptions,
  type Emulator,
  type StartOptions,
  startEmulator,
} from './emulator.ts';
export type { ContactEvent, ContactEventDetail, EventFilter, Events } from './events.ts';
export type { FaultControl, FaultMembers, FaultSelector } from './faults.ts';
export type {
  Call,
  CallDialRequest,
  CallFilter,
  CallItem,
  CallMismatch,
  Contact,
  ContactFilter,
  Journal,
} from './journal.ts';
