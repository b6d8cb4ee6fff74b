/** The live page of a load. */

import type { EngineProgress } from '../../load/engines/engine.ts';
import { loadReasonSaid } from '../../reports/english/load.ts';
import { chart } from '../../reports/html/chart.ts';
import { type Markup, markup, type Value } from '../../reports/html/markup.ts';
import { tone, verdictWord } from '../../reports/html/parts.ts';
import { duration, figure, latency, rate, share, whole } from '../../run/figures.ts';
import type { LoadResult } from '../../run/run.ts';
import { glance, lineOf } from './page.ts';
import { openPage } from './server.ts';
import { type Moment, WatchedScenario } from './watched.ts';

export interface Live {
  readonly url: string;
  /** A scenario begins; those before it are over. */
  begin(scenario: string): void;
  progress(progress: EngineProgress): void;
  /** How the scenario that was begun last ended. */
  end(result: LoadResult): void;
  /** Tells the browsers that no more events will follow. */
  close(): Promise<void>;
}

/**
 * @param port 0 for any.
 * @throws UserError where the port cannot be opened.
 */
export async function openLive(port: number): Promise<Live> {
  const scenarios: WatchedScenario[] = [];
  const page = await openPage(port, { what: 'load', render: () => liveRun(scenarios) });
  return {
    url: page.url,
    begin(scenario) {
      scenarios.push(new WatchedScenario(scenario));
      page.tell();
    },
    progress(progress) {
      scenarios.at(-1)?.take(progress);
      page.tell();
    },
    end(result) {
      const last = scenarios.at(-1);
      if (last) last.result = result;
      page.tell();
    },
    close: page.close,
  };
}

/** The running scenario first, then the finished ones. */
export function liveRun(scenarios: readonly WatchedScenario[]): Markup {
  if (scenarios.length === 0) return markup`<p>Nothing has been sent yet.</p>`;
  return markup`${scenarios.toReversed().map(section)}`;
}

function section({ name, latest, moments, result }: WatchedScenario): Value {
  return markup`<section><header><h2>${name}${
    result ? markup` ${verdictWord(result.verdict)}` : null
  }</h2>
<p class="lede">${result ? duration(result.durationMs) : latest ? timeOf(latest) : 'Getting ready.'}</p></header>
${result?.reasons.map((reason) => markup`<p class="note ${tone(result.verdict)}">${loadReasonSaid(reason)}</p>`) ?? null}
${latest ? figures({ ...latest, ...result }, moments.at(-1)) : null}
${moments.length > 1 ? charts(moments) : null}</section>
`;
}

function timeOf({ elapsedMs, plannedMs }: NonNullable<WatchedScenario['latest']>): string {
  const left = plannedMs == null ? '' : `, ${duration(Math.max(0, plannedMs - elapsedMs))} to go`;
  return `${duration(elapsedMs)}${left}`;
}

function figures(
  { iterations, requests, failed, vus, target, p95Ms }: NonNullable<WatchedScenario['latest']>,
  now: Moment | undefined,
): Value {
  const facts: (readonly [string, string])[] = [
    ['requests a second', now ? rate(now.requestsPerSecond) : '0'],
    ['aimed at', target ? `${figure(Math.round(target.value))} ${target.unit}` : 'no rate'],
    ['p99 just now', now?.p99 == null ? 'no answer' : latency(now.p99)],
    ['p95 so far', p95Ms == null ? 'no answer' : latency(p95Ms)],
    ['iterations', whole(iterations)],
    ['requests', whole(requests)],
    ['not as expected', failed ? `${whole(failed)} (${share(failed, requests)})` : '0'],
    ['virtual users', vus === undefined ? 'not told' : whole(vus)],
  ];
  return glance(facts);
}

function charts(moments: readonly Moment[]): Value {
  return [
    chart({
      title: 'Requests a second',
      unit: '',
      description: 'Requests that ended, against the rate that the scenario aims at.',
      lines: [
        ...lineOf(moments, 'aimPerSecond', 'aim', 'second'),
        ...lineOf(moments, 'requestsPerSecond', 'requests', 'main').map((one) => ({
          ...one,
          filled: true as const,
        })),
        ...lineOf(moments, 'failedPerSecond', 'not as expected', 'bad'),
      ],
    }),
    chart({
      title: 'Response time',
      unit: 'milliseconds, of the latest answers at each moment',
      description: 'Median and 99th percentile.',
      lines: [...lineOf(moments, 'p99', 'p99', 'main'), ...lineOf(moments, 'p50', 'p50', 'second')],
    }),
    chart({
      title: 'Virtual users',
      unit: 'active',
      description: 'Virtual users that were active.',
      lines: lineOf(moments, 'vus', 'VUs', 'main'),
    }),
  ];
}
