/** The outputs that the user chose for a load run. */

import { needPackages } from '../../system/packages.ts';
import type { Output } from './output.ts';

export interface OutputChoices {
  /** File that gets every sample as a line; packed where its name ends in `.gz`. */
  readonly json?: string;
  /** An OTLP/HTTP collector. */
  readonly otlp?: URL;
  /** A Prometheus remote-write endpoint. */
  readonly prometheus?: URL;
}

const OTLP_PACKAGES = [
  '@opentelemetry/api',
  '@opentelemetry/exporter-metrics-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-metrics',
];

/** @throws UnavailableError where an output's packages are not installed. */
export function needOutputPackages({ otlp, prometheus }: OutputChoices): void {
  if (otlp) needPackages('the output otlp', OTLP_PACKAGES);
  if (prometheus) needPackages('the output prometheus', ['prometheus-remote-write']);
}

/**
 * Those that get pushes. What they are made of is loaded here: few runs have any.
 *
 * @throws UnavailableError where an output's packages are not installed.
 */
export async function pushedOutputs(
  choices: OutputChoices,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Output[]> {
  needOutputPackages(choices);
  const { otlp, prometheus } = choices;
  return [
    ...(otlp ? [(await import('./otlp.ts')).otlpOutput(otlp)] : []),
    ...(prometheus ? [(await import('./prometheus.ts')).prometheusOutput(prometheus, env)] : []),
  ];
}

/** What makes k6 do the same by its own outputs. */
export function k6Outputs({ json, otlp, prometheus }: OutputChoices): {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
} {
  return {
    args: [
      ...(json ? [`--out=json=${json}`] : []),
      ...(otlp ? ['--out=opentelemetry'] : []),
      ...(prometheus ? ['--out=experimental-prometheus-rw'] : []),
    ],
    env: {
      ...(otlp && {
        K6_OTEL_EXPORTER_PROTOCOL: 'http/protobuf',
        K6_OTEL_HTTP_EXPORTER_ENDPOINT: otlp.host,
        K6_OTEL_HTTP_EXPORTER_URL_PATH: otlp.pathname === '/' ? '/v1/metrics' : otlp.pathname,
        K6_OTEL_HTTP_EXPORTER_INSECURE: String(otlp.protocol === 'http:'),
        K6_OTEL_SERVICE_NAME: 'dialproof',
      }),
      ...(prometheus && { K6_PROMETHEUS_RW_SERVER_URL: prometheus.href }),
    },
  };
}
