/**
 * Checks what was observed of a dial road against its invariants. The sources are records that the campaign engine did
 * not write: the feeder's history, the ledger of BatchPutContact, the dial records and the events that a sink in
 * another process received. Of the endpoint's own words only failures and ends are taken. All of it is in memory.
 */

import type { DialRecords } from '../../generators/dial-records.ts';
import type { AuditResult } from '../../run/run.ts';
import { resultOf } from '../audit/audit.ts';
import type { DialTold } from '../drive/dial-sink.ts';
import type { RoadContact, Told } from '../drive/road-records.ts';
import type { RoadLine } from '../lib/road-line.ts';
import { type ContactEvent, type EventSettings, judgeEvents } from './events.ts';
import { feederIn } from './feeder.ts';
import { judgeAsked, judgeContents, judgeEnds, judgePlaces } from './judge-contacts.ts';
import {
  distinct,
  judgeContactIds,
  judgeDelivery,
  judgeMoments,
  judgeQuota,
  judgeRepetition,
} from './judge-dials.ts';
import { RoadTallies } from './tallies.ts';

/** What was observed. A source that is not there is null. */
export interface RoadSources {
  readonly lines: readonly RoadLine[];
  /** What was sent, and what had to be answered. */
  readonly records: DialRecords | null;
  readonly contacts: readonly RoadContact[] | null;
  /** ContactIds of the ledger before the run. */
  readonly before: ReadonlySet<string> | null;
  readonly dials: readonly DialTold[] | null;
  readonly told: readonly Told[] | null;
  readonly events: { readonly events: readonly ContactEvent[]; readonly set: EventSettings } | null;
  /** The quota of concurrent calls. */
  readonly calls: number | null;
  /** Whether calls were cut and left no line, or there was no time for dial requests to end. */
  readonly cut: boolean;
}

export function auditRoad(sources: RoadSources): AuditResult {
  const { lines, records, contacts, before, told, events, calls, cut } = sources;
  const tallies = new RoadTallies();
  const feeder = feederIn(lines, records, tallies);
  const all = sources.dials && distinct(sources.dials);
  // Of others, who use the endpoint too, only the lines that they take matter.
  const dials = all?.filter(({ campaignId }) => feeder.campaigns.has(campaignId)) ?? null;
  const isOwn = ({ campaignId = '' }: Told) => feeder.campaigns.has(campaignId);
  if (contacts) {
    if (told) judgePlaces(feeder, contacts, told, tallies);
    if (before && !cut) {
      const gained = contacts.filter(({ contactId }) => !before.has(contactId));
      judgeAsked(feeder, gained, told, tallies);
    }
    judgeContents(feeder, contacts, tallies);
    if (dials) judgeContactIds(dials, contacts, tallies);
  }
  if (dials) {
    judgeRepetition(dials, tallies);
    judgeMoments(feeder, dials, tallies);
    if (told) judgeDelivery(dials, told.filter(isOwn), tallies);
    if (all && told && calls !== null) judgeQuota(all, told, calls, tallies);
  }
  if (told) judgeEnds(feeder, told, !cut, tallies);
  if (events) {
    const ofOthers = ({ campaignId }: ContactEvent) =>
      campaignId !== null && !feeder.campaigns.has(campaignId);
    const own = events.events.filter((event) => !ofOthers(event));
    judgeEvents(own, events.set, contacts, told?.filter(isOwn) ?? null, tallies);
  }
  const attempts = lines.filter(({ kind }) => kind === 'put').length;
  return resultOf(tallies, attempts, {
    corpus: records !== null,
    ledger: contacts !== null,
    'ledger before': before !== null,
    dials: dials !== null,
    told: told !== null,
    events: events !== null,
    calls: calls !== null,
    clock: feeder.clock.comparable,
    'whole history': !cut,
  });
}
