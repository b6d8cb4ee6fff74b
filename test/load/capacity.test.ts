/** What says whether the endpoint was the limit. */

import { startEmulator } from '../../emulator/emulator.ts';
import { measureCapacity } from '../../load/drive/capacity.ts';
import { endpointFinding, utilizationBetween } from '../../load/endpoint/endpoint-figures.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';

const figures = (active: number, idle: number) => ({
  cpuSeconds: active,
  residentBytes: 1,
  eventLoopActiveSeconds: active,
  eventLoopIdleSeconds: idle,
});

it('tells a busy endpoint from one that had time', () => {
  expect(utilizationBetween(figures(10, 10), figures(11, 13))).toBeCloseTo(0.25);
  expect(utilizationBetween(figures(10, 10), figures(10, 10))).toBe(0);
  expect(endpointFinding(figures(10, 10), figures(11, 13))).toEqual({
    kind: 'endpoint busy',
    share: 0.25,
    mayBeLimit: false,
  });
  expect(endpointFinding(figures(0, 0), figures(19, 1))).toMatchObject({
    share: 0.95,
    mayBeLimit: true,
  });
});

it('measures a step for each number of connections', async () => {
  const { url, controlUrl, credentials, close } = await startEmulator({ profile: 'stress' });
  const key = credentials.principal;
  const target = { url, controlUrl, key, region: 'us-east-1', instanceId: ORDINARY_INSTANCE.id };
  const { steps, best } = await measureCapacity(target, { connections: [1, 3], seconds: 0.2 });
  await close();
  expect(steps.map(({ connections }) => connections)).toEqual([1, 3]);
  for (const step of steps) {
    expect(step.requestsPerSecond).toBeGreaterThan(0);
    expect(step.p99).toBeGreaterThanOrEqual(step.p50);
    expect(step.cpuMicroseconds).toBeGreaterThan(0);
  }
  expect(steps).toContain(best);
});

it('is no figure where the endpoint refuses', async () => {
  const { url, controlUrl, credentials, close } = await startEmulator({ rate: 1, burst: 1 });
  const key = credentials.principal;
  const target = { url, controlUrl, key, region: 'us-east-1', instanceId: ORDINARY_INSTANCE.id };
  await expect(measureCapacity(target, { connections: [2], seconds: 0.2 })).rejects.toThrow(
    /answered 429/,
  );
  await close();
});
