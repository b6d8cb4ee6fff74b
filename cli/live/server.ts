/** Shows a run in the browsers of this machine while it goes on, by server-sent events. */

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Markup } from '../../reports/html/markup.ts';
import { UserError } from '../../system/errors.ts';
import { livePage } from './page.ts';

const LOOPBACK = '127.0.0.1';

export interface Shown {
  /** What is run, for the head of the page. */
  readonly what: string;
  /** The part that changes, as it is now. */
  readonly render: () => Markup;
}

export interface OpenPage {
  readonly url: string;
  /** Sends the part that changes to the browsers. */
  tell(): void;
  /** Tells the browsers that no more events will follow. */
  close(): Promise<void>;
}

/**
 * @param port 0 for any.
 * @throws UserError where the port cannot be opened.
 */
export async function openPage(port: number, { what, render }: Shown): Promise<OpenPage> {
  const stateEvent = () => `event: run\ndata: ${JSON.stringify(render().html)}\n\n`;
  const watchers = new Set<http.ServerResponse>();
  const server = http.createServer((request, response) => {
    const { port: own } = server.address() as AddressInfo;
    const hosts = [`${LOOPBACK}:${own}`, `localhost:${own}`];
    // A page of another origin must not read this one through a host name that resolves to this machine.
    if (!hosts.includes(request.headers.host ?? '')) refuse(response, 403);
    else if (request.method !== 'GET') refuse(response, 405);
    else if (request.url === '/events') watch(response);
    else if (request.url === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...ALWAYS });
      response.end(livePage(randomUUID(), what, render()));
    } else refuse(response, 404);
  });
  const watch = (response: http.ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', ...ALWAYS });
    response.write(stateEvent());
    watchers.add(response);
    response.once('close', () => watchers.delete(response));
  };
  const tell = () => {
    if (watchers.size === 0) return;
    const event = stateEvent();
    for (const watcher of watchers) {
      // For a browser that does not read, the events of the rest of the run would fill the memory.
      if (!watcher.writableNeedDrain) watcher.write(event);
    }
  };
  // Whatever ends the run ends the page with it.
  server.listen(port, LOOPBACK).unref();
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      `--live ${port}: cannot listen on this port (${error.code}): choose another one`,
    );
  });
  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/`,
    tell,
    async close() {
      for (const watcher of watchers) watcher.end(`event: over\ndata: \n\n`);
      server.close();
      await once(server, 'close');
    },
  };
}

const ALWAYS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

function refuse(response: http.ServerResponse, status: number): void {
  response.writeHead(status, ALWAYS).end();
}
