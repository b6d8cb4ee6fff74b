/** Which faults a run met, and what is said of it. */

import type { EndpointState } from '../../load/endpoint/endpoint-figures.ts';
import { faultsMet, findingsOfFaults, reasonsOfFaults } from '../../load/endpoint/faults-met.ts';

const at = (faults: EndpointState['faults']) => ({ faults }) as EndpointState;

it('counts what was met in between, also of a fault that was there before', () => {
  const met = faultsMet(at({ a: 2, b: 3 }), at({ a: 7, b: 3, c: 1 }), true);
  expect(met).toEqual({ counts: { a: 5, b: 0, c: 1 }, needed: true });
});

it.each([
  [true, {}, 1],
  [true, { a: 0 }, 1],
  [true, { a: 0, b: 1 }, 0],
  [false, { a: 0 }, 0],
])('a run that needs faults (%s) and met %o has %i reasons to fail', (needed, counts, reasons) => {
  expect(reasonsOfFaults({ counts, needed })).toHaveLength(reasons);
});

it.each([
  [{}, []],
  [{ a: 0 }, [{ kind: 'faults met', counts: { a: 0 } }]],
  [{ a: 2, b: 0 }, [{ kind: 'faults met', counts: { a: 2, b: 0 } }]],
])('finds of %o: %o', (counts, findings) => {
  expect(findingsOfFaults({ counts, needed: false })).toEqual(findings);
});
