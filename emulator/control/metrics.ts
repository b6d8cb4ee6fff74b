/** The answer of GET /metrics: metrics of the exchanges, of the service and of its process. */

import { DURATION_BOUNDS } from '../call/meters.ts';
import type { Service } from '../call/service.ts';
import type { CampaignDriver } from '../campaigns/driver.ts';
import { exposition, type Family } from './exposition.ts';
import type { ProcessFigures } from './process-watch.ts';

export function metricsText(service: Service, figures: ProcessFigures): string {
  return exposition([
    ...exchangeFamilies(service),
    ...stateFamilies(service),
    ...campaignFamilies(service.campaigns),
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
      service.virtualClock.ahead / 1000,
    ),
    gauge('dialproof_uptime_seconds', 'Time since the endpoint started.', uptimeSeconds(service)),
  ];
}

function campaignFamilies(driver: CampaignDriver | null): Family[] {
  if (!driver) return [];
  const { attempts, dials, failedCommits, findings, sink, contactEvents } = driver.figures;
  const requests = new Map<string, number>();
  const add = (state: string, reason: string, count: number) => {
    const key = `${state} ${reason}`;
    requests.set(key, (requests.get(key) ?? 0) + count);
  };
  let pending = 0;
  driver.look((engine) => {
    for (const { id } of engine.campaigns()) {
      pending += engine.pending(id);
      const { failed, ended, ...open } = engine.counts(id);
      for (const [state, count] of Object.entries(open)) add(state, '', count);
      for (const [reason, count] of Object.entries(failed)) add('failed', reason, count);
      for (const [reason, count] of Object.entries(ended)) add('ended', reason, count);
    }
  });
  return [
    {
      name: 'dialproof_dial_requests',
      type: 'gauge',
      help: 'Dial requests kept, by state, and by failure or DisconnectReason.',
      samples: [...requests].map(([key, value]) => {
        const [state = '', reason = ''] = key.split(' ');
        return { labels: { state, reason }, value };
      }),
    },
    gauge('dialproof_dial_requests_pending', 'Dial requests that wait to be dialled.', pending),
    {
      name: 'dialproof_campaign_calls_total',
      type: 'counter',
      help: 'Calls of BatchPutContact by campaigns, by HTTP status, or lost.',
      samples: Object.entries(attempts).map(([status, value]) => ({ labels: { status }, value })),
    },
    gauge(
      'dialproof_campaign_figures_since_seconds',
      'Moment of the virtual clock, in epoch seconds, since which calls and agents are counted.',
      driver.since / 1000,
    ),
    counter('dialproof_dials_total', 'Contacts dialled.', dials),
    counter('dialproof_campaign_findings_total', 'Findings of the campaigns.', findings),
    counter(
      'dialproof_campaign_failed_commits_total',
      'Commits of the campaigns that the store refused.',
      failedCommits,
    ),
    counter(
      'dialproof_dial_records_taken_total',
      'Dial records that their sink took.',
      sink?.taken ?? 0,
    ),
    counter(
      'dialproof_dial_records_dropped_total',
      'Dial records that their sink refused three times.',
      sink?.dropped ?? 0,
    ),
    gauge(
      'dialproof_dial_records_waiting',
      'Dial records that their sink has not taken yet.',
      sink?.waiting ?? 0,
    ),
    counter('dialproof_contact_events_total', 'Contact events.', contactEvents.events),
    {
      name: 'dialproof_event_lines',
      type: 'gauge',
      help: 'Contact events by sink, and by what became of them.',
      samples: contactEvents.sinks.flatMap(({ target, taken, dropped, waiting, lost }) =>
        Object.entries({ taken, dropped, waiting, lost }).map(([outcome, value]) => ({
          labels: { sink: target, outcome },
          value,
        })),
      ),
    },
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
