/** Every way to send, and what comes back. */

import http from 'k6/http';

const url = String(__ENV.URL);

export const options = { hosts: { 'connect.test': String(__ENV.ADDRESS) } };

export default async function () {
  const headers = { 'X-Given': 'yes' };
  const put = await http.put(`${url}/put%2Fraw`, 'text', { headers, tags: { name: 'put' } });
  console.log(
    JSON.stringify({
      status: put.status,
      status_text: put.status_text,
      headers: put.headers,
      body: JSON.parse(String(put.body)),
      id: put.json('list.1.id'),
      length: put.json('list.#'),
      nothing: put.json('list.7.id') === undefined,
      error: put.error,
      error_code: put.error_code,
      url: put.url,
      proto: put.proto,
      remote_ip: put.remote_ip,
      timings: Object.keys(put.timings),
      adds: put.timings.sending + put.timings.waiting + put.timings.receiving,
      duration: put.timings.duration,
      sent: put.request,
    }),
  );
  const bytes = new Uint8Array([104, 105]);
  const text = async (sent: { json(path: string): unknown }) => sent.json('body');
  console.log(
    JSON.stringify({
      arrayBuffer: await text(await http.post(`${url}/b`, bytes.buffer)),
      view: await text(await http.post(`${url}/b`, bytes.subarray(1) as never)),
      form: await text(await http.post(`${url}/b`, { a: '1 2', b: 'ü' })),
      none: await text(await http.del(`${url}/b`)),
      patch: (await http.patch(`${url}/m`, 'p')).json('method'),
      options: (await http.options(`${url}/m`)).json('method'),
      request: (await http.request('LINK', `${url}/m`)).json('method'),
      async: (await http.asyncRequest('GET', `${url}/m`)).json('method'),
      head: (await http.head(`${url}/m`)).status,
      template: (await http.get(http.url`${url}/m?q=${1}`)).json('path'),
      host: (await http.get('http://connect.test/m')).json('headers.host'),
      ownHost: (await http.get(`${url}/m`, { headers: { host: 'else.where' } })).json(
        'headers.host',
      ),
    }),
  );
  const binary = await http.get(`${url}/binary`, { responseType: 'binary' });
  const none = await http.get(`${url}/binary`, { responseType: 'none' });
  console.log(
    JSON.stringify({
      binary: [...new Uint8Array(binary.body as ArrayBuffer)],
      none: none.body,
      missing: (await http.get(`${url}/status/404`)).error_code,
      broken: (await http.get(`${url}/status/503`)).error_code,
      followed: (await http.get(`${url}/redirect`)).url.replace(url, ''),
      notFollowed: (await http.get(`${url}/redirect`, { redirects: 0 })).status,
      putFollowed: (await http.put(`${url}/redirect`, 'x')).json('method'),
    }),
  );
  const list = await http.batch([
    `${url}/1`,
    ['PUT', `${url}/2`, 'two'],
    { method: 'GET', url: `${url}/3` },
  ]);
  const named = await http.batch({ a: `${url}/4`, b: ['POST', `${url}/5`, 'five'] });
  console.log(
    JSON.stringify({
      list: list.map((one) => [one.json('method'), one.json('path')]),
      named: [named.a.json('path'), named.b.json('body')],
    }),
  );
}
