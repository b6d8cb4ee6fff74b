import { validityOf } from '../../load/judge/validity.ts';

const HEALTHY = {
  interrupted: false,
  droppedIterations: 0,
  latenessP99Ms: 2,
  eventLoopDelayP99Ms: 3,
  busy: { what: 'the generator’s event loop', share: 0.8 },
  errors: [] as string[],
};
const latencyMs = { min: 1, p50: 2, p90: 3, p95: 4, p99: 20, max: 30 };

describe('figures are valid', () => {
  it.each<[string, Partial<typeof HEALTHY>, number | null]>([
    ['where the generator was on time', {}, null],
    ['up to 5 ms of delay, whatever is measured', { eventLoopDelayP99Ms: 5 }, null],
    ['up to a tenth of the objective', { eventLoopDelayP99Ms: 49, latenessP99Ms: 49 }, 500],
  ])('%s', (_, change, objectiveMs) => {
    const outcome = { ...HEALTHY, ...change };
    expect(validityOf(outcome, { requests: 9, latencyMs }, objectiveMs)).toEqual({
      valid: true,
      reasons: [],
      droppedIterations: 0,
      latenessP99Ms: outcome.latenessP99Ms,
      eventLoopDelayP99Ms: outcome.eventLoopDelayP99Ms,
      busy: outcome.busy,
    });
  });

  it('up to a tenth of what was measured', () => {
    const slow = { ...latencyMs, p99: 900 };
    const outcome = { ...HEALTHY, eventLoopDelayP99Ms: 80 };
    expect(validityOf(outcome, { requests: 9, latencyMs: slow }, 500).valid).toBe(true);
  });
});

describe('figures are not valid', () => {
  it.each<[string, Partial<typeof HEALTHY>, number | null, string]>([
    [
      'event loop',
      { eventLoopDelayP99Ms: 6 },
      null,
      'event-loop delay p99 was 6.0 ms, over the 5.0',
    ],
    [
      'event loop',
      { eventLoopDelayP99Ms: 51 },
      500,
      'event-loop delay p99 was 51.0 ms, over the 50.0',
    ],
    ['schedule', { latenessP99Ms: 60 }, 500, 'lateness p99 was 60.0 ms'],
    ['virtual users', { droppedIterations: 3 }, 500, '3 scheduled iterations were dropped'],
    ['virtual users', { droppedIterations: 1 }, null, '1 scheduled iteration was dropped'],
    [
      'use of all it has',
      { busy: { what: 'this machine', share: 0.81 } },
      500,
      'this machine was busy 81 % of the time, over the 80 % up to which nothing waits for it',
    ],
    ['exceptions', { errors: ['boom'] }, 500, 'exceptions kept a part of the load from being made'],
    ['end', { interrupted: true, droppedIterations: 9 }, 500, 'the run was interrupted'],
  ])('for its %s', (_, change, objectiveMs, reason) => {
    const { valid, reasons } = validityOf(
      { ...HEALTHY, ...change },
      { requests: 9, latencyMs },
      objectiveMs,
    );
    expect(valid).toBe(false);
    expect(reasons).toEqual([expect.stringContaining(reason)]);
  });

  it('without a sample', () => {
    const { reasons } = validityOf(HEALTHY, { requests: 0, latencyMs: null }, 500);
    expect(reasons).toEqual(['the history has no request']);
  });
});
