/** Receives the dial records of an emulator in another process. */

import { openLineSink } from './line-sink.ts';

/** One call that a campaign made. */
export interface SeenDial {
  readonly dialId: string;
  readonly contactId: string;
  readonly dialRequestId: string;
}

/** A dial record with all that it says. */
export interface DialTold extends SeenDial {
  readonly campaignId: string;
  readonly phoneNumber: string;
  /** Epoch milliseconds, by the clock of the endpoint. */
  readonly at: number;
}

export interface DialSink {
  /** For the emulator's `--dials`. */
  readonly url: string;
  /** In the order of their arrival. A record can come again. */
  readonly dials: readonly DialTold[];
  close(): Promise<void>;
}

export async function openDialSink(): Promise<DialSink> {
  const { url, taken, close } = await openLineSink((line) => JSON.parse(line) as DialTold);
  return { url, dials: taken, close };
}
