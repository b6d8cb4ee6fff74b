/**
 * Ends the process at a commit point of campaigns, as kill -9 does: before the commit is on disk, or after it and
 * before anything follows from it.
 */

import type { Change } from '../../campaigns/records.ts';
import type { RecordShelf, ShelfWrite } from '../stores/record-shelf.ts';

/** What a commit makes durable. */
export const COMMIT_POINTS = {
  K0: 'dial requests are accepted',
  K1: 'a batch is made, and is not yet sent',
  K2: 'the outcome of a batch is known',
  K3: 'a call is made, or its preview begins',
  K4: 'a call is one step further',
  K5: 'a contact ended',
  K6: 'a sink has taken its lines',
} as const;

export type CommitPoint = keyof typeof COMMIT_POINTS;

export interface KillPoint {
  readonly point: CommitPoint;
  readonly moment: 'before' | 'after';
  /** Which commit of that kind ends the process, counted from 1. */
  readonly nth: number;
}

/** The points that a commit is: a commit can be several. */
export function pointsOf({ changes, taken }: ShelfWrite): ReadonlySet<CommitPoint> {
  const points = new Set<CommitPoint>(changes.flatMap(pointOf));
  if (taken.length > 0) points.add('K6');
  return points;
}

function pointOf(change: Change): CommitPoint | [] {
  if (change.kind === 'batch') return change.value ? 'K1' : 'K2';
  if (change.kind !== 'request' || !change.value) return [];
  const { status } = change.value;
  switch (status.state) {
    case 'ACCEPTED':
      return status.attempts === 0 ? 'K0' : [];
    case 'PREVIEW':
      return 'K3';
    case 'DIALING':
      return status.step === 'DIALING' ? 'K3' : 'K4';
    case 'ENDED':
      return 'K5';
    default:
      return [];
  }
}

/** @param kill ends the process, and does not return. */
export function killingShelf(
  shelf: RecordShelf,
  { point, moment, nth }: KillPoint,
  kill: () => void = () => process.kill(process.pid, 'SIGKILL'),
): RecordShelf {
  let seen = 0;
  return {
    ...shelf,
    load: () => shelf.load(),
    clear: () => shelf.clear(),
    async commit(write) {
      let last = false;
      let begun = false;
      await shelf.commit(() => {
        const written = write();
        if (!begun && pointsOf(written).has(point)) {
          seen += 1;
          last = seen === nth;
          if (last && moment === 'before') kill();
        }
        begun = true;
        return written;
      });
      if (last && moment === 'after') kill();
    },
  };
}

/** Reads `K1:before:3`; null if the text is none. */
export function readKillPoint(text: string): KillPoint | null {
  const found = /^(K[0-6]):(before|after):([1-9]\d{0,5})$/.exec(text);
  if (!found) return null;
  const [, point, moment, nth] = found as unknown as [
    string,
    CommitPoint,
    KillPoint['moment'],
    string,
  ];
  return { point, moment, nth: Number(nth) };
}
