/** The answer of GET /metrics: metrics of the exchanges, of the service and of its process. */

import { DURATION_BOUNDS } from '../call/meters.ts';
import type { Service } from '../call/service.ts';
import { exposition, type Family } from './exposition.ts';
import type { ProcessFigures } from './process-watch.ts';

export function metricsText(service: Service, figures: ProcessFigures): string {
  return exposition([
    ...exchangeFamilies(service),
    ...stateFamilies(service),
    ...processFamilies(figures),
  ]);
}

function exchangeFamilies({ meters, stats }: Service): Family[] {
  return [
    {
      name: 'dialproof_requests_total',
      type: 'counter',
      help: 'Requests answered, by operation, HTTP status and error name (empty for a success).',
      samples: [...meters.requests.values()].map(({ operation, status, error, count }) => ({
        labels: { operation, status, error },
        value: count,
      })),
    },
    {
      name: 'dialproof_request_duration_seconds',
      type: 'histogram',
      help: 'Time from a request read whole to its reply made.',
      bounds: DURATION_BOUNDS,
      histograms: [...meters.durations].map(([operation, durations]) => ({
        labels: { operation },
        ...durations,
      })),
    },
    {
      name: 'dialproof_items_total',
      type: 'counter',
      help: 'Items answered, by CREATED or failure code; those of replays are not counted again.',
      samples: [...meters.items].map(([result, value]) => ({ labels: { result }, value })),
    },
    counter('dialproof_replays_total', 'Calls answered from the ledger.', stats.replays),
    counter('dialproof_contacts_total', 'Contacts created.', stats.contacts),
    {
      name: 'dialproof_bucket_tokens',
      type: 'gauge',
      help: 'Tokens that the last call of an operation found in its rate bucket.',
      samples: Object.entries(meters.bucketTokens).map(([operation, value]) => ({
        labels: { operation },
        value,
      })),
    },
  ];
}

function stateFamilies(service: Service): Family[] {
  const { gate, tokens, store } = service;
  const bytes = store.keptBytes?.();
  return [
    gauge('dialproof_held_requests', 'Calls held at the gate.', gate.held),
    gauge('dialproof_waiting_requests', 'Calls that wait for an equal one.', tokens.waiting),
    ...(bytes === undefined
      ? []
      : [gauge('dialproof_store_bytes', 'Approximate bytes of the batches kept.', bytes)]),
    gauge(
      'dialproof_clock_ahead_seconds',
      'Seconds by which the virtual clock is ahead of the system clock.',
      service.aheadMilliseconds / 1000,
    ),
    gauge('dialproof_uptime_seconds', 'Time since the endpoint started.', uptimeSeconds(service)),
  ];
}

function processFamilies(figures: ProcessFigures): Family[] {
  const { eventLoopLagSeconds: lag } = figures;
  return [
    counter('process_cpu_seconds_total', 'User and system CPU time.', figures.cpuSeconds),
    gauge('process_resident_memory_bytes', 'Resident memory.', figures.residentBytes),
    counter(
      'dialproof_event_loop_active_seconds_total',
      'Time that the event loop was at work.',
      figures.eventLoopActiveSeconds,
    ),
    counter(
      'dialproof_event_loop_idle_seconds_total',
      'Time that the event loop waited for work.',
      figures.eventLoopIdleSeconds,
    ),
    gauge('dialproof_event_loop_lag_p99_seconds', 'Lateness of timers, 99th percentile.', lag.p99),
    gauge('dialproof_event_loop_lag_max_seconds', 'Lateness of timers, at most.', lag.max),
  ];
}

export function uptimeSeconds({ clock, startedAt }: Service): number {
  return (clock.now() - startedAt) / 1000;
}

function counter(name: string, help: string, value: number): Family {
  return { name, help, type: 'counter', samples: [{ value }] };
}

function gauge(name: string, help: string, value: number): Family {
  return { name, help, type: 'gauge', samples: [{ value }] };
}
