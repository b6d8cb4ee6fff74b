/** Makes the contact event of a step that the campaign engine told. */

import type { ContactStep } from '../../campaigns/campaign-engine.ts';
import { lifeOf } from '../../campaigns/course/life.ts';
import { readSettings, sourceOf } from '../../campaigns/settings.ts';
import { type ContactEvent, contactEvent } from '../../operation/connect/contact-event/event.ts';
import { agentIdOf, uuidOf } from './text-uuid.ts';

/** @param seed that of the engine. */
export function eventOf(seed: number, step: ContactStep): ContactEvent {
  const { stage, at, request, campaign } = step;
  const { account, region, instanceId } = campaign;
  const { status } = request;
  const life = lifeOf(seed, request);
  if (!life || !('contact' in status)) {
    throw new Error(`a step of dial request ${request.id} was told, and it has no contact`);
  }
  const { contactId } = status.contact;
  const settings = readSettings(campaign);
  const dial = 'dial' in status ? status.dial : null;
  const queueId = dial?.call.queueId ?? settings.queueId;
  return contactEvent(stage, at, idOf(step), {
    account,
    region,
    instanceId,
    contactId,
    campaignId: campaign.id,
    queueId: queueId === null ? null : queueId.slice(queueId.lastIndexOf('/') + 1),
    systemNumber: sourceOf(settings, request),
    isPreviewed: (dial?.call.mode ?? settings.mode) === 'preview',
    agentId: life.agent && agentIdOf(instanceId, life.agent),
    life,
  });
}

/** The same for every repetition. A contact reaches a stage once; its data can be updated often. */
export function idOf({ stage, updateId = '', request: { status } }: ContactStep): string {
  const contactId = 'contact' in status ? status.contact.contactId : '';
  return uuidOf(`${contactId} ${stage} ${updateId}`);
}
