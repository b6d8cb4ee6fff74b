const NOT_A_NUMBER = 'throws if the value is not a finite number; k6 logs it';

/** How a supported member differs from k6's: one phrase each, read after the member's name. */

export const DIFFERENCES: Readonly<Record<string, string>> = {
  'k6 check': 'throws if a checker returns a promise; in k6 such a check always passes',
  'k6 randomSeed': 'seeds the VU that calls it; the numbers differ from those of k6',
  'k6 sleep': 'throws if the duration is not a number; k6 does not wait',
  'Counter add': NOT_A_NUMBER,
  'Gauge add': NOT_A_NUMBER,
  'Rate add': NOT_A_NUMBER,
  'Trend add': NOT_A_NUMBER,
  'request parameters auth':
    'accepts `basic`, for which the user name in the URL is enough; `digest` and `ntlm` are refused',
  'Response json':
    'accepts dots, indexes and `#` of k6’s path language; throws on its queries and modifiers',
  'Response proto': 'is HTTP/1.1 or HTTP/1.0; the engine does not speak HTTP/2',
  'k6/metrics Trend': 'uses constant memory; percentiles are within 0.8 %, not interpolated',
  'options cloud': 'is read and ignored: it belongs to k6’s own service',
  'options ext':
    'holds `dialproof.thresholds`, which are judged for each window; the rest belongs to k6’s services and is ignored',
  'options noUsageReport': 'is read and ignored: the engine never reports usage',
  'options thresholds':
    'fails a threshold on a trend or a rate without samples, unless every value keeps it; in k6 it passes',
};
