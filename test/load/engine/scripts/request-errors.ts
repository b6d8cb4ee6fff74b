/** Requests that get no answer resolve with k6's error codes. */

import http from 'k6/http';

const url = String(__ENV.URL);

export default async function () {
  const refused = String(__ENV.REFUSED);
  const cases = {
    refused: await http.get(refused),
    timeout: await http.put(`${url}/never`, 'x', { timeout: 50 }),
    asyncTimeout: await http.asyncRequest('PUT', `${url}/never`, 'x', { timeout: '50ms' }),
    reset: await http.put(`${url}/reset`, 'x'),
    hangup: await http.put(`${url}/hangup`, 'x'),
    name: await http.get('http://no-such-host.invalid/'),
    noUrl: await http.get('nowhere at all'),
  };
  for (const [name, { status, error, error_code, body, headers }] of Object.entries(cases)) {
    console.log(JSON.stringify({ name, status, error, error_code, body, headers }));
  }
}
