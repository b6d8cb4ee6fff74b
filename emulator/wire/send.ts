/** Writes a reply to its socket, whole or as its fault demands. */

import type http from 'node:http';
import type { Socket } from 'node:net';
import type { WireFault, WireReply } from './reply.ts';

/** Pieces in which a slow body is sent each second. Below 10 bytes a second, each piece is one byte. */
const PIECES_PER_SECOND = 10;

export function sendReply(res: http.ServerResponse, { status, headers, body }: WireReply): void {
  // Node writes a string body together with the head. A Buffer would need a second write.
  res.writeHead(status, [...headers, 'Content-Length', `${Buffer.byteLength(body)}`]);
  res.end(body);
}

/** @param wait resolves after this many milliseconds, or earlier if the endpoint closes. */
export async function sendFaulty(
  res: http.ServerResponse,
  reply: WireReply,
  wireFault: WireFault,
  wait: (milliseconds: number) => Promise<void>,
): Promise<void> {
  const { drop, cutAfterBytes, bytesPerSecond, dateOffMilliseconds } = wireFault;
  // This is the socket of the request. A reply that waits behind an earlier reply has no socket yet.
  const { socket } = res.req;
  if (drop) {
    if (drop === 'reset') reset(socket);
    else socket.destroy();
    return;
  }
  const off =
    dateOffMilliseconds === undefined
      ? []
      : ['Date', new Date(Date.now() + dateOffMilliseconds).toUTCString()];
  const headers = [...reply.headers, ...off];
  if (cutAfterBytes === undefined && bytesPerSecond === undefined) {
    sendReply(res, { ...reply, headers });
    return;
  }
  const body = Buffer.from(reply.body);
  res.writeHead(reply.status, [...headers, 'Content-Length', `${body.length}`]);
  res.flushHeaders();
  await writeBody(res, body.subarray(0, cutAfterBytes), bytesPerSecond, wait);
  if (cutAfterBytes !== undefined) socket.destroySoon();
  else if (!res.destroyed) res.end();
}

/** Under TLS, the connection below is reset: TLS has no such thing. */
function reset(socket: Socket & { readonly _parent?: Socket | null }): void {
  if ('encrypted' in socket && socket._parent) socket._parent.resetAndDestroy();
  else socket.resetAndDestroy();
}

async function writeBody(
  res: http.ServerResponse,
  body: Buffer,
  bytesPerSecond = Number.POSITIVE_INFINITY,
  wait: (milliseconds: number) => Promise<void>,
): Promise<void> {
  const piece = Math.max(1, Math.floor(bytesPerSecond / PIECES_PER_SECOND));
  for (let at = 0; at < body.length; at += piece) {
    await wait((Math.min(piece, body.length - at) * 1000) / bytesPerSecond);
    if (res.destroyed) return;
    res.write(body.subarray(at, at + piece));
  }
}
