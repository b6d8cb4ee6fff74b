import { validityOf } from '../../load/judge/validity.ts';
import type { Invalidity, LoadFault } from '../../run/statements/load.ts';

const HEALTHY = {
  durationMs: 1_000,
  interrupted: false,
  droppedIterations: 0,
  latenessP99Ms: 2,
  eventLoopDelayP99Ms: 3,
  busy: { what: 'the generator’s event loop', share: 0.8 },
  errors: [] as LoadFault[],
};
const measured = { requests: 9, p99Ms: 20 };

describe('figures are valid', () => {
  it.each<[string, Partial<typeof HEALTHY>, number | null]>([
    ['where the generator was on time', {}, null],
    ['up to 5 ms of delay, whatever is measured', { eventLoopDelayP99Ms: 5 }, null],
    ['up to a tenth of the objective', { eventLoopDelayP99Ms: 49, latenessP99Ms: 49 }, 500],
  ])('%s', (_, change, objectiveMs) => {
    const outcome = { ...HEALTHY, ...change };
    expect(validityOf(outcome, measured, objectiveMs)).toEqual({
      valid: true,
      reasons: [],
      droppedIterations: 0,
      latenessP99Ms: outcome.latenessP99Ms,
      eventLoopDelayP99Ms: outcome.eventLoopDelayP99Ms,
      busy: outcome.busy,
    });
  });

  it('up to a tenth of what was measured', () => {
    const outcome = { ...HEALTHY, eventLoopDelayP99Ms: 80 };
    expect(validityOf(outcome, { ...measured, p99Ms: 900 }, 500).valid).toBe(true);
  });
});

describe('figures are not valid', () => {
  it.each<[string, Partial<typeof HEALTHY>, number | null, Invalidity]>([
    [
      'event loop',
      { eventLoopDelayP99Ms: 6 },
      null,
      { kind: 'late', what: 'event-loop delay', p99Ms: 6, boundMs: 5 },
    ],
    [
      'event loop',
      { eventLoopDelayP99Ms: 51 },
      500,
      { kind: 'late', what: 'event-loop delay', p99Ms: 51, boundMs: 50 },
    ],
    [
      'schedule',
      { latenessP99Ms: 60 },
      500,
      { kind: 'late', what: 'lateness', p99Ms: 60, boundMs: 50 },
    ],
    ['virtual users', { droppedIterations: 3 }, 500, { kind: 'dropped', iterations: 3 }],
    ['virtual users', { droppedIterations: 1 }, null, { kind: 'dropped', iterations: 1 }],
    [
      'use of all it has',
      { busy: { what: 'this machine', share: 0.81 } },
      500,
      { kind: 'busy', what: 'this machine', share: 0.81, bound: 0.8 },
    ],
    ['exceptions', { errors: [{ kind: 'ended early', why: 'boom' }] }, 500, { kind: 'exceptions' }],
    ['end', { interrupted: true, droppedIterations: 9 }, 500, { kind: 'interrupted' }],
  ])('for its %s', (_, change, objectiveMs, reason) => {
    const { valid, reasons } = validityOf({ ...HEALTHY, ...change }, measured, objectiveMs);
    expect(valid).toBe(false);
    expect(reasons).toEqual([reason]);
  });

  it.each([
    [999, []],
    [1_000, [{ kind: 'busy', what: 'this machine', share: 0.95, bound: 0.8 }]],
  ])('for a busy %i ms: %j', (durationMs, reasons) => {
    const outcome = { ...HEALTHY, durationMs, busy: { what: 'this machine', share: 0.95 } };
    expect(validityOf(outcome, measured, null).reasons).toEqual(reasons);
  });

  it('without a sample', () => {
    const { reasons } = validityOf(HEALTHY, { requests: 0, p99Ms: null }, 500);
    expect(reasons).toEqual([{ kind: 'no request' }]);
  });
});
