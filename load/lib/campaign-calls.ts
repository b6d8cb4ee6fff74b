/** Signed calls of outbound campaigns. */

import { sleep } from 'k6';
import http from 'k6/http';
import type { ModelledOperation } from '../../operation/aws/definition/model.ts';
import { SERVICE } from '../../operation/connect-campaigns/model/operations.ts';
import { fullJitterMs } from './backoff.ts';
import type { Destination } from './env.ts';
import { errorOf, type TextResponse } from './send.ts';
import { serviceSigner } from './sign.ts';

/** The campaign that a call is about; an empty id for none. */
export interface CampaignPlace {
  readonly id: string;
}

export interface Called {
  readonly response: TextResponse;
  /** Null where there is no JSON. */
  readonly json: unknown;
}

export interface Caller {
  /** Sends once. @param tag the value of the tag `road`. */
  send(
    operation: ModelledOperation,
    campaign: CampaignPlace,
    body: ArrayBuffer | string,
    tag: string,
  ): Called;
  /** Sends a call that moves or shows a campaign, again as long as it may pass. */
  ask(
    operation: ModelledOperation,
    campaign: CampaignPlace,
    body?: object,
  ): { readonly status: number; readonly error: string; readonly json: unknown };
  /** Seconds to wait after so many failed attempts: full jitter. */
  waitSeconds(failed: number): number;
}

const BACKOFF = { baseMs: 20, capMs: 2_000 };

/** @param attempts the most times that a call is sent. */
export function callerOf(destination: Destination, attempts: number): Caller {
  const sign = serviceSigner(destination, SERVICE.signingName);
  const waitSeconds = (failed: number) => fullJitterMs(BACKOFF, failed, Math.random()) / 1_000;
  const send: Caller['send'] = ({ name, method, uri }, { id }, body, tag) => {
    const path = uri.replace('{id}', id);
    const response = http.request(method, destination.url + path, body, {
      headers: sign(method, path, body),
      tags: { name, road: tag },
      responseType: 'text',
    });
    return { response, json: jsonOf(response) };
  };
  return {
    send,
    ask(operation, campaign, body) {
      const text = body === undefined ? '' : JSON.stringify(body);
      let called = send(operation, campaign, text, 'campaign');
      for (let failed = 1; failed < attempts && mayPass(called.response.status); failed += 1) {
        sleep(waitSeconds(failed));
        called = send(operation, campaign, text, 'campaign');
      }
      const { response, json } = called;
      return { status: response.status, error: errorOf(response), json };
    },
    waitSeconds,
  };
}

/** Whether the same call may succeed if it is sent again. */
export function mayPass(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}

function jsonOf(response: TextResponse): unknown {
  try {
    return response.json();
  } catch {
    return null;
  }
}
