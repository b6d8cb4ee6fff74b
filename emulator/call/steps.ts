/** Operation on a contact -> what it does once its call is let in. */

import { describedContact } from '../../operation/connect/contact/contact.ts';
import { type ContactCall, merged } from '../../operation/connect/contact/rules.ts';
import type { ContactOperationName } from '../../operation/operations.ts';
import {
  type ContactOutcome,
  type ContactStage,
  changeContact,
  readContact,
} from './contact-access.ts';

type Step = (call: ContactCall, stage: ContactStage) => Promise<ContactOutcome>;

export const STEPS: Readonly<Record<ContactOperationName, Step>> = {
  DescribeContact: (call, stage) =>
    readContact(call, stage, (contact) => ({ Contact: describedContact(contact) })),

  GetContactAttributes: (call, stage) =>
    readContact(call, stage, ({ attributes }) => ({ Attributes: attributes })),

  UpdateContactAttributes: (call, stage) =>
    changeContact(call, stage, (contact) => ({
      attributes: merged(contact, call.request),
      updatedAt: stage.now,
    })),

  StopContact: (call, stage) =>
    changeContact(call, stage, () => {
      const { disconnectReason } = call.request;
      return {
        disconnectedAt: stage.now,
        updatedAt: stage.now,
        ...(disconnectReason === undefined ? {} : { disconnectReason }),
      };
    }),
};
