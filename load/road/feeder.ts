/** What the history says that the feeder asked for and was answered: dial requests by id, and how its campaigns moved. */

import type { DialRecords, RecordedDial } from '../../generators/dial-records.ts';
import { DIAL_FAILURES, type DialFailureCode } from '../../operation/campaigns/failures.ts';
import { dialLetterOf } from '../../operation/corpus/dial-record.ts';
import { identifierOf } from '../../operation/corpus/stamp.ts';
import { lettersSent } from '../lib/history-line.ts';
import { type MoveLine, type PutLine, placesIn, type RoadLine } from '../lib/road-line.ts';
import { RoadClock } from './road-clock.ts';
import type { RoadTallies } from './tallies.ts';

/** A dial request that an answer acknowledged. */
export interface AcceptedDial {
  readonly clientToken: string;
  readonly campaignId: string;
  /** Null where there is no corpus. */
  readonly dial: RecordedDial | null;
  /** By the clock of the endpoint: its time is over at the latest, and at the earliest. Null without a corpus. */
  readonly expires: Expires | null;
}

interface Expires {
  readonly from: number;
  readonly to: number;
}

export interface Feeder {
  /** By the id of the dial request. */
  readonly accepted: ReadonlyMap<string, AcceptedDial>;
  /** clientTokens of which no answer tells, although a call with them may have been carried out. */
  readonly unknown: ReadonlySet<string>;
  readonly campaigns: ReadonlySet<string>;
  readonly moves: readonly MoveLine[];
  readonly clock: RoadClock;
}

/**
 * Milliseconds of doubt about a moment of expiry. An endpoint on a busy machine may be interrupted between its looks at
 * the two clocks from which it computes the moment.
 */
const SLACK = 500;

/** Letters of codes after which a dial request may be sent again. */
const PASSING = (Object.keys(DIAL_FAILURES) as DialFailureCode[])
  .filter((code) => DIAL_FAILURES[code].retryable)
  .map(dialLetterOf);

/** Reads the history, and judges the answers by themselves. */
export function feederIn(
  lines: readonly RoadLine[],
  records: DialRecords | null,
  tallies: RoadTallies,
): Feeder {
  const clock = new RoadClock(lines.filter((line) => line.kind === 'clock'));
  const accepted = new Map<string, AcceptedDial>();
  /** Campaign and clientToken -> id. */
  const ids = new Map<string, string>();
  const asked = new Set<string>();
  /** The same -> when it expires, if a call without an answer was carried out. */
  const maybe = new Map<string, Expires | null>();
  const campaigns = new Set<string>();
  const moves: MoveLine[] = [];
  for (const line of lines) {
    if (line.kind === 'move') {
      moves.push(line);
      campaigns.add(line.campaignId);
    }
    if (line.kind !== 'put') continue;
    campaigns.add(line.campaignId);
    const places = placesSent(line, records);
    const expiresOf = (place: number): Expires | null => {
      const dial = records?.dialOf(line.record, place);
      if (!dial) return null;
      const at = line.stampedMs + dial.expiresIn;
      return {
        from: at + clock.leastAt(line.startMs) - SLACK,
        to: at + clock.mostAt(line.endMs) + SLACK,
      };
    };
    if (isUnknown(line)) {
      for (const place of places) {
        const clientToken = identifierOf(line.stamp, place);
        asked.add(clientToken);
        const key = `${line.campaignId} ${clientToken}`;
        maybe.set(key, widest(maybe.get(key) ?? null, expiresOf(place)));
      }
    }
    if (line.status !== 200) continue;
    judgeAnswer(line, places.length, records, tallies);
    const { letters } = line;
    const given = line.ids.values();
    for (let i = 0; i < letters.length; i += 1) {
      if (letters.charAt(i) !== '.') continue;
      const id = given.next().value as string;
      const place = places[i] ?? 0;
      const clientToken = identifierOf(line.stamp, place);
      judgeId(id, clientToken, line.campaignId, { ids, accepted }, tallies);
      if (accepted.has(id)) continue;
      // An earlier call without an answer may be the one that was carried out.
      const earlier = maybe.get(`${line.campaignId} ${clientToken}`) ?? null;
      accepted.set(id, {
        clientToken,
        campaignId: line.campaignId,
        dial: records?.dialOf(line.record, place) ?? null,
        expires: widest(earlier, expiresOf(place)),
      });
    }
  }
  const told = new Set([...accepted.values()].map(({ clientToken }) => clientToken));
  const unknown = new Set([...asked].filter((token) => !told.has(token)));
  return { accepted, unknown, campaigns, moves, clock };
}

function widest(a: Expires | null, b: Expires | null): Expires | null {
  if (a === null || b === null) return a ?? b;
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}

/** Without a corpus it is not known how many items a whole record has, unless the answer tells. */
function placesSent(
  { places, letters, record }: PutLine,
  records: DialRecords | null,
): readonly number[] {
  const whole = records?.lettersOf(record)?.length ?? (letters === '-' ? 0 : letters.length);
  return placesIn(places, whole);
}

/** Whether nobody can tell if the call was carried out. */
function isUnknown({ status, letters }: PutLine): boolean {
  return status === 0 || status >= 500 || (status === 200 && letters === '-');
}

function judgeAnswer(
  line: PutLine,
  sent: number,
  records: DialRecords | null,
  tallies: RoadTallies,
): void {
  const { stamp, attempt: nth, letters, record, places } = line;
  tallies.check(
    'one result per dial request',
    letters !== '-' && letters.length === sent && !/[?!]/.test(letters),
    () => ({ kind: 'wrong dial results', stamp, nth, letters }),
  );
  const whole = records?.lettersOf(record);
  if (whole === undefined) return;
  const predicted = lettersSent(whole, places);
  const isPredicted =
    letters.length === predicted.length &&
    Array.from(letters).every(
      (letter, i) =>
        letter === predicted.charAt(i) || (predicted.charAt(i) === '.' && PASSING.includes(letter)),
    );
  tallies.check('dial requests are answered as predicted', isPredicted, () => ({
    kind: 'other dial verdicts',
    stamp,
    nth,
    letters,
    predicted,
  }));
}

function judgeId(
  id: string,
  clientToken: string,
  campaignId: string,
  { ids, accepted }: { ids: Map<string, string>; accepted: ReadonlyMap<string, AcceptedDial> },
  tallies: RoadTallies,
): void {
  const key = `${campaignId} ${clientToken}`;
  const before = ids.get(key);
  const other = accepted.get(id)?.clientToken ?? clientToken;
  tallies.check(
    'one dial request per clientToken',
    (before === undefined || before === id) && other === clientToken,
    () =>
      other === clientToken
        ? { kind: 'another id', clientToken, before: before ?? '', after: id }
        : { kind: 'dial request shared', dialRequestId: id, clientToken, other },
  );
  if (before === undefined) ids.set(key, id);
}
