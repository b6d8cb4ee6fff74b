/** The control door of an emulator, as far as scripts use it: its clock, and what became of dial requests. */

import http from 'k6/http';
import { roadLine } from './road-line.ts';

/** What the endpoint tells of a dial request (docs/control.md). Times are ISO 8601, by the endpoint's clock. */
export interface ToldDialRequest {
  readonly dialRequestId: string;
  readonly state: string;
  readonly acceptedAt: string;
  readonly contactAt: string | null;
  readonly ringingAt: string | null;
  readonly agentAt: string | null;
  readonly endedAt: string | null;
  readonly failure: string | null;
  readonly disconnectReason: string | null;
}

export interface ControlDoor {
  /** Asks for the clock, and writes it into the history. @returns milliseconds by which it is ahead of ours. */
  look(): number;
  /** Moves the clock forward. Everything that was due until then is done when it returns. */
  advance(seconds: number): void;
  dialRequests(): readonly ToldDialRequest[];
}

const PARAMS = { tags: { name: 'control', road: 'control' }, responseType: 'text' as const };

export function controlDoor(url: string): ControlDoor {
  const look = (): number => {
    const startMs = Date.now();
    const clock = http.get(`${url}/clock`, PARAMS).json() as {
      ahead: number;
      speed: number;
      now: string;
    };
    const endMs = Date.now();
    // A clock of another speed gains more than it was moved by.
    const aheadMs =
      clock.speed === 1 ? Math.round(clock.ahead * 1_000) : Date.parse(clock.now) - endMs;
    console.log(roadLine({ kind: 'clock', startMs, endMs, aheadMs, speed: clock.speed }));
    return aheadMs;
  };
  return {
    look,
    advance(seconds) {
      const startMs = Date.now();
      const body = JSON.stringify({ seconds });
      const params = { ...PARAMS, timeout: 120_000 };
      const moved = http.post(`${url}/clock/advance`, body, params).json() as {
        ahead: number;
        speed: number;
      };
      const aheadMs = Math.round(moved.ahead * 1_000);
      console.log(
        roadLine({ kind: 'clock', startMs, endMs: Date.now(), aheadMs, speed: moved.speed }),
      );
    },
    dialRequests() {
      const { body } = http.get(`${url}/dial-requests`, PARAMS);
      return String(body ?? '')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as ToldDialRequest);
    },
  };
}
