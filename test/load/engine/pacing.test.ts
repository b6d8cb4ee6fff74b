import { Pacer } from '../../../load/engine/http/pacer.ts';
import { run, useServer } from './support.ts';

describe('the pacer', () => {
  it('gives places at the rate, from now on where nothing was sent for long', () => {
    const pacer = new Pacer(10);
    expect([0, 0, 0].map((now) => pacer.take(now))).toEqual([0, 100, 200]);
    expect(pacer.take(250)).toBe(50);
    expect(pacer.take(10_000)).toBe(0);
    expect(pacer.take(10_000)).toBe(100);
  });
});

describe('a run with a limit of requests', () => {
  const server = useServer();

  const script = (options: string) => `import http from 'k6/http';
    export const options = { vus: 5, iterations: 10, ${options} };
    export default async function () {
      await http.batch([['GET', '${server.url}/a'], ['GET', '${server.url}/b']]);
    }`;

  it.each([
    ['of the script', 'rps: 100', {}],
    ['of whoever runs it', '', { rps: 100 }],
    ['of both, the lower one', 'rps: 100', { rps: 1_000 }],
  ])('%s keeps to it in all that it sends', async (_, options, engine) => {
    server.received.length = 0;
    const { result } = await run(script(options), engine);
    expect(result.exitCode).toBe(0);
    expect(server.received).toHaveLength(20);
    // The last of 20 requests begins 19 places after the first; a timer may be up to 1 ms early.
    expect(result.durationMs).toBeGreaterThanOrEqual(189);
  });

  it('drops what waits for its place when it is cut', async () => {
    server.received.length = 0;
    const { result } = await run(
      `import http from 'k6/http';
      export const options = {
        scenarios: { a: { executor: 'constant-vus', vus: 3, duration: '1s', gracefulStop: '0s' } },
      };
      export default async function () { await http.get('${server.url}/a'); }`,
      { rps: 0.1 },
    );
    expect(server.received).toHaveLength(1);
    expect(result.scriptErrors).toEqual([]);
  });
});
