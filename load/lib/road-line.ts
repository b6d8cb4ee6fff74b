/**
 * The lines that scripts of the dial road leave in a history (`docs/history.md`): calls that hand over dial requests,
 * calls that move a campaign, and moves of the clock of the endpoint.
 */

export const ROAD_TAG = 'dr1';

/** One call of PutDialRequestBatch or PutOutboundRequestBatch. Times are epoch milliseconds of the client. */
export interface PutLine {
  readonly kind: 'put';
  /** The clientToken of item `i` is the stamp, a dash and the two digits of the item's place in the record. */
  readonly stamp: string;
  /** Number of the record in the corpus. */
  readonly record: number;
  readonly campaignId: string;
  /** 1 for the first time that these clientTokens are sent, 2 for the second … */
  readonly attempt: number;
  /** Places of the record's items that were sent, `a` the first; `-` for all of them. */
  readonly places: string;
  /** The moment from which the expirationTimes count. */
  readonly stampedMs: number;
  readonly startMs: number;
  readonly endMs: number;
  /** Milliseconds from first byte sent to last byte read. */
  readonly durationMs: number;
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  /** Error name of a refusal, error number of a failed request, `-` if there was no error. */
  readonly error: string;
  /** A letter per item that was sent (operation/corpus/dial-record.ts); `-` without a readable 200 answer. */
  readonly letters: string;
  /** Id of the dial request of each item with the letter `.`, in the order of the items. */
  readonly ids: readonly string[];
}

/** A call that moves a campaign, with its repetitions until the campaign was where it was to be. */
export interface MoveLine {
  readonly kind: 'move';
  readonly campaignId: string;
  /** StartCampaign, PauseCampaign, ResumeCampaign or StopCampaign. */
  readonly operation: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Whether the campaign was seen to be where it was to be. */
  readonly done: boolean;
}

/** What the client knows of the clock of the endpoint. */
export interface ClockLine {
  readonly kind: 'clock';
  readonly startMs: number;
  readonly endMs: number;
  /** Milliseconds by which it is ahead of the client's at the end. */
  readonly aheadMs: number;
  /** How many times as fast as the client's it runs. */
  readonly speed: number;
}

export type RoadLine = PutLine | MoveLine | ClockLine;

/** The fields of each kind after the tag and the kind, each with its form. */
const NUMBER = '\\d+';
const NAME = '[^\\t]+';
const FORMS: Readonly<Record<RoadLine['kind'], readonly string[]>> = {
  put: [
    '[a-z0-9]{8}-\\d{10}',
    NUMBER,
    NAME,
    '[1-9]\\d*',
    '-|[a-z]+',
    NUMBER,
    NUMBER,
    NUMBER,
    '\\d+(?:\\.\\d+)?',
    '0|[1-5]\\d\\d',
    NAME,
    '-|[a-z.?!*]+',
    NAME,
  ],
  move: [NAME, NAME, NUMBER, NUMBER, 'done|open'],
  clock: [NUMBER, NUMBER, '-?\\d+', '\\d+(?:\\.\\d+)?'],
};

export function roadLine(line: RoadLine): string {
  return [ROAD_TAG, line.kind, ...fieldsOf(line)].join('\t');
}

function fieldsOf(line: RoadLine): readonly (string | number)[] {
  switch (line.kind) {
    case 'put':
      return [
        line.stamp,
        line.record,
        line.campaignId,
        line.attempt,
        line.places,
        line.stampedMs,
        line.startMs,
        line.endMs,
        line.durationMs.toFixed(3),
        line.status,
        line.error,
        line.letters,
        line.ids.join(',') || '-',
      ];
    case 'move':
      return [
        line.campaignId,
        line.operation,
        line.startMs,
        line.endMs,
        line.done ? 'done' : 'open',
      ];
    case 'clock':
      return [line.startMs, line.endMs, line.aheadMs, line.speed];
  }
}

/** Whether a line claims to be one of the road. */
export function isRoadLine(line: string): boolean {
  return line.startsWith(`${ROAD_TAG}\t`);
}

/** Reads a line; null for one that is not a valid line of the road. */
export function readRoadLine(line: string): RoadLine | null {
  const [tag, kind, ...fields] = line.split('\t');
  if (tag !== ROAD_TAG || !(kind === 'put' || kind === 'move' || kind === 'clock')) return null;
  const forms = FORMS[kind];
  if (fields.length !== forms.length) return null;
  if (!forms.every((form, i) => new RegExp(`^(?:${form})$`).test(fields[i] ?? ''))) return null;
  const text = (i: number) => fields[i] as string;
  const number = (i: number) => Number(fields[i]);
  switch (kind) {
    case 'put': {
      const letters = text(11);
      const ids = text(12) === '-' ? [] : text(12).split(',');
      // Only a whole line has an id for each dial request.
      if (ids.length !== letters.split('.').length - 1) return null;
      return {
        kind,
        stamp: text(0),
        record: number(1),
        campaignId: text(2),
        attempt: number(3),
        places: text(4),
        stampedMs: number(5),
        startMs: number(6),
        endMs: number(7),
        durationMs: number(8),
        status: number(9),
        error: text(10),
        letters,
        ids,
      };
    }
    case 'move':
      return {
        kind,
        campaignId: text(0),
        operation: text(1),
        startMs: number(2),
        endMs: number(3),
        done: text(4) === 'done',
      };
    case 'clock':
      return {
        kind,
        startMs: number(0),
        endMs: number(1),
        aheadMs: number(2),
        speed: number(3),
      };
  }
}

/** The places (0-based) of the record's items that a call sent. */
export function placesIn(places: string, items: number): readonly number[] {
  if (places === '-') return Array.from({ length: items }, (_, i) => i);
  return Array.from(places, (letter) => letter.charCodeAt(0) - 97);
}
