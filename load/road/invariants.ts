/** The statements that must be true of a dial road under any load, in the order of the report. */

import type { InvariantRow } from '../audit/invariants.ts';

const ROWS = {
  'one result per dial request': {
    statement: 'Every item of an answered call has exactly one result.',
    needs: [],
  },
  'dial requests are answered as predicted': {
    statement:
      'Every item got the predicted answer. One that is to be accepted may be refused with a code that allows it to be sent again.',
    needs: ['corpus'],
  },
  'one dial request per clientToken': {
    statement:
      'All answers to a clientToken of a campaign name one dial request, and no other clientToken has it.',
    needs: [],
  },
  'one contact or one failure': {
    statement:
      'Every accepted dial request is in exactly one contact or one stated failure, or its outcome is unknown. None is lost.',
    needs: ['ledger', 'told'],
  },
  'contacts are asked for': {
    statement: 'The ledger gained no contact that no accepted dial request asked for.',
    needs: ['ledger', 'ledger before', 'whole history'],
  },
  'contacts are as asked': {
    statement: 'Every contact has the phone number and the attributes of its dial request.',
    needs: ['ledger', 'corpus'],
  },
  'only created contacts are dialled': {
    statement:
      'The ContactId of every dial was created by BatchPutContact, for the dial request that the dial names.',
    needs: ['ledger', 'dials'],
  },
  'nobody is dialled twice': {
    statement: 'No contact and no dial request has two dials. A dial record may come twice.',
    needs: ['dials'],
  },
  'nobody is dialled after expiry': {
    statement: 'No dial is made at or after the expirationTime of its dial request.',
    needs: ['dials', 'corpus', 'clock'],
  },
  'nobody is dialled while paused': {
    statement: 'No dial is made between a PauseCampaign that is done and the next ResumeCampaign.',
    needs: ['dials', 'clock'],
  },
  'nobody is dialled after Stop': {
    statement: 'No dial is made after a StopCampaign that is done.',
    needs: ['dials', 'clock'],
  },
  'nobody expires early': {
    statement: 'No dial request and no contact is expired before its expirationTime.',
    needs: ['told', 'corpus', 'clock'],
  },
  'every dial request ends': {
    statement:
      'After time enough for it, every accepted dial request has failed or its contact is over, unless its outcome is unknown.',
    needs: ['told', 'whole history'],
  },
  'every dial is told': {
    statement: 'Every dial that the endpoint names reached the sink.',
    needs: ['dials', 'told'],
  },
  'calls keep to the quota': {
    statement: 'There are never more calls at once than the quota of concurrent calls allows.',
    needs: ['dials', 'told', 'calls'],
  },
  'events are of contacts': {
    statement: 'Every event is of a contact that exists, and all events with one id say the same.',
    needs: ['ledger', 'events'],
  },
  'events are in step': {
    statement:
      'The times of a contact’s events are in the order of its life, from INITIATED to COMPLETED. In order of arrival too, if the sink does not reorder.',
    needs: ['events'],
  },
  'events are complete': {
    statement:
      'Every contact that is over has one event INITIATED and one event DISCONNECTED with its reason. Events that were set to be lost are excepted.',
    needs: ['events', 'told', 'ledger'],
  },
} as const satisfies Record<string, InvariantRow>;

export type RoadInvariantName = keyof typeof ROWS;

export const ROAD_INVARIANTS: Readonly<Record<RoadInvariantName, InvariantRow>> = ROWS;

export const ROAD_INVARIANT_NAMES = Object.keys(ROWS) as readonly RoadInvariantName[];
