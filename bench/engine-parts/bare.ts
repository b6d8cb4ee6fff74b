/** A constant PUT and nothing else, at full speed. */

import http from 'k6/http';

export const options = {
  scenarios: {
    bare: {
      executor: 'constant-vus',
      vus: Number(__ENV.VUS),
      duration: `${__ENV.SECONDS}s`,
      gracefulStop: '2s',
    },
  },
};

const body = new Uint8Array(Number(__ENV.BODY_BYTES)).fill(120).buffer;
const params = { headers: { 'content-type': 'application/json' } };

export default async function () {
  await http.put(String(__ENV.URL), body, params);
}
