/** A constant PUT and nothing else, at a constant arrival rate. */

import http from 'k6/http';

export const options = {
  scenarios: {
    bare: {
      executor: 'constant-arrival-rate',
      rate: Number(__ENV.RATE),
      duration: `${__ENV.SECONDS}s`,
      preAllocatedVUs: Number(__ENV.VUS),
      gracefulStop: '2s',
    },
  },
};

const body = new Uint8Array(Number(__ENV.BODY_BYTES)).fill(120).buffer;
const params = { headers: { 'content-type': 'application/json' } };

export default async function () {
  await http.put(String(__ENV.URL), body, params);
}
