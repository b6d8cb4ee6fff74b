/** A very cheap server in a separate process. It gives a constant answer and counts the requests. */

import net from 'node:net';

/** About the size of the answer to 25 contacts. */
const BODY = JSON.stringify({ SuccessfulRequestList: 'x'.repeat(2_170), FailedRequestList: [] });
const ANSWER = Buffer.from(
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`,
);
const HEAD_END = Buffer.from('\r\n\r\n');

let answered = 0;

const server = net.createServer((socket) => {
  socket.setNoDelay(true);
  let head: Buffer = Buffer.alloc(0);
  let bodyLeft = 0;
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    let rest = chunk;
    while (rest.length > 0) {
      if (bodyLeft === 0) {
        head = head.length > 0 ? Buffer.concat([head, rest]) : rest;
        const end = head.indexOf(HEAD_END);
        if (end < 0) return;
        const length = /content-length: *(\d+)/i.exec(head.toString('latin1', 0, end));
        bodyLeft = Number(length?.[1] ?? 0);
        rest = head.subarray(end + HEAD_END.length);
        head = Buffer.alloc(0);
      }
      const taken = Math.min(bodyLeft, rest.length);
      bodyLeft -= taken;
      rest = rest.subarray(taken);
      if (bodyLeft === 0) {
        answered += 1;
        socket.write(ANSWER);
      }
    }
  });
});

process.on('message', () => process.send?.({ answered }));
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as net.AddressInfo).port });
});
