/** What became of a contact that a campaign made, up to a moment. All moments are epoch milliseconds. */

/** What answering-machine detection found, in the words of contact events (documented). */
export type DetectionStatus =
  | 'HUMAN_ANSWERED'
  | 'VOICEMAIL_BEEP'
  | 'VOICEMAIL_NO_BEEP'
  | 'AMD_UNANSWERED'
  | 'AMD_UNRESOLVED'
  | 'AMD_UNRESOLVED_SILENCE'
  | 'AMD_NOT_APPLICABLE'
  | 'SIT_TONE_BUSY'
  | 'SIT_TONE_INVALID_NUMBER'
  | 'SIT_TONE_DETECTED'
  | 'FAX_MACHINE_DETECTED'
  | 'AMD_ERROR';

/** What has not happened is null. */
export interface ContactLife {
  readonly createdAt: number;
  readonly dialledAt: number | null;
  readonly ringsAt: number | null;
  readonly detected: { readonly status: DetectionStatus; readonly at: number } | null;
  readonly queuedAt: number | null;
  readonly agent: AgentOfContact | null;
  readonly ended: { readonly reason: string; readonly at: number } | null;
  /** When the work after the contact was over. Without an agent, when the contact ended. */
  readonly completedAt: number | null;
}

/** The agent who previews a contact, or is or was with the customer. */
export interface AgentOfContact {
  readonly queueId: string | null;
  /** Counted from 0 in the queue. */
  readonly number: number;
  /** When the agent began to look at the contact; null without a preview. */
  readonly previewedAt: number | null;
  readonly previewEndsAt: number | null;
  readonly connectedAt: number | null;
}

/** The value of DescribeContact, whose enum is not that of the events (documented: both enums; assumed: the mapping). */
export function describedDetection(status: DetectionStatus): string {
  return status === 'AMD_UNRESOLVED_SILENCE' ? 'AMD_UNRESOLVED' : status;
}

/** The stages of a contact, in the order in which it reaches them. Each is an event type of contact events. */
export const CONTACT_STAGES = [
  'INITIATED',
  'AMD_DISABLED',
  'CONNECTED_TO_SYSTEM',
  'QUEUED',
  'CONNECTED_TO_AGENT',
  'DISCONNECTED',
  'COMPLETED',
  'CONTACT_DATA_UPDATED',
] as const;

export type ContactStage = (typeof CONTACT_STAGES)[number];

/** When a contact reached a stage; null if it has not. CONTACT_DATA_UPDATED is no stage that a life has by itself. */
export function reachedAt(life: ContactLife, stage: ContactStage): number | null {
  switch (stage) {
    case 'INITIATED':
      return life.createdAt;
    case 'AMD_DISABLED':
      return life.detected?.status === 'AMD_NOT_APPLICABLE' ? life.detected.at : null;
    case 'CONNECTED_TO_SYSTEM':
      return life.detected?.at ?? null;
    case 'QUEUED':
      return life.queuedAt;
    case 'CONNECTED_TO_AGENT':
      return life.agent?.connectedAt ?? null;
    case 'DISCONNECTED':
      return life.ended?.at ?? null;
    case 'COMPLETED':
      return life.completedAt;
    case 'CONTACT_DATA_UPDATED':
      return null;
  }
}
