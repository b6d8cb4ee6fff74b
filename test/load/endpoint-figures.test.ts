/** What is asked of a control door, where something else answers. */

import { createServer } from 'node:http';
import { controlDoor } from '../../contracts/provider/control-door.ts';
import {
  campaignChoicesAt,
  choicesAt,
  endpointState,
  eventsWaiting,
  planAt,
  seededBugsAt,
} from '../../load/endpoint/endpoint-figures.ts';
import { UnavailableError } from '../../system/errors.ts';
import { listen } from '../support/listen.ts';

it.each([
  ['an HTML server', 200, '<html></html>'],
  ['an endpoint', 404, '{"message":"The requested operation is not recognized by the service."}'],
  ['a server of other JSON', 200, '[]'],
])('%s is told from a control door in one sentence', async (_, status, text) => {
  const server = createServer((_request, response) => response.writeHead(status).end(text));
  const url = `http://127.0.0.1:${await listen(server)}`;
  try {
    const health = controlDoor(url).health();
    await expect(health).rejects.toThrow(UnavailableError);
    for (const ask of [
      campaignChoicesAt,
      eventsWaiting,
      choicesAt,
      planAt,
      seededBugsAt,
      endpointState,
    ]) {
      const refused = ask(url).catch((error: unknown) => error);
      expect(await refused).toBeInstanceOf(UnavailableError);
      expect(String(await refused)).toMatch(
        new RegExp(`${url} is not a control door: GET /\\w+ was answered ${status} without`),
      );
    }
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});
