/** Resets an endpoint to the state in which it started. */

import { createFaults } from '../../faults/faults.ts';
import { NOTHING_ASKED } from '../asked.ts';
import { resetMeters } from '../meters.ts';
import { noStats, type Service } from '../service.ts';

/** Facts, clock, faults, counts, campaigns, buckets and store; calls that are held or delayed go on at once. */
export async function resetService(service: Service): Promise<void> {
  service.facts = service.startFacts;
  service.faults = createFaults(service.startFaults, service.clock.now());
  service.asked = NOTHING_ASKED;
  service.stats = noStats();
  resetMeters(service.meters);
  service.recorder?.clear();
  service.gate.open();
  service.pauses.release();
  await service.campaigns?.reset();
  service.virtualClock.reset();
  await service.buckets.reset();
  await service.store.clear();
}
