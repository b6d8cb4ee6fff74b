/** Adds observers to an exchange: the meters, and the access log and the recorder of feeders if there are any. */

import { performance } from 'node:perf_hooks';
import { countExchange } from '../call/meters.ts';
import type { Service } from '../call/service.ts';
import type { WireReply } from '../wire/reply.ts';
import type { WireRequest } from '../wire/request.ts';
import { accessLine } from './access-line.ts';
import type { AccessLog } from './access-log.ts';

/** Answers a request; rejects for a defect only. */
export type Handle = (request: WireRequest) => Promise<WireReply>;

/** What is counted of an exchange that failed by a defect: the server answers it. */
const DEFECT: WireReply = {
  status: 500,
  headers: ['x-amzn-errortype', 'InternalFailure'],
  body: '',
};

export function observed(handle: Handle, service: Service, log: AccessLog | null): Handle {
  const see = (request: WireRequest, reply: WireReply, began: number) => {
    const milliseconds = performance.now() - began;
    countExchange(service.meters, reply, milliseconds / 1000);
    if (log) log.write(accessLine(request, reply, service.clock.now(), milliseconds));
  };
  return async (request) => {
    const began = performance.now();
    const { recorder } = service;
    const arrived = recorder?.arrived(request, service) ?? null;
    const ended = (reply: WireReply) => {
      see(request, reply, began);
      if (arrived) recorder?.answered(arrived, request, reply, service);
    };
    try {
      const reply = await handle(request);
      ended(reply);
      return reply;
    } catch (error) {
      ended(DEFECT);
      throw error;
    }
  };
}
