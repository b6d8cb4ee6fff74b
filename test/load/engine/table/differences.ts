const NO_NUMBER = 'what is no finite number throws; in k6 it is logged';

/** Where a supported member does not do just what k6's does, in a sentence each. */

export const DIFFERENCES: Readonly<Record<string, string>> = {
  'k6 check': 'a checker that gives a promise throws; in k6 it always passes',
  'k6 randomSeed': 'seeds the VU that calls it; the numbers are not those of k6',
  'k6 sleep': 'of what is no number throws; in k6 it does not wait',
  'Counter add': NO_NUMBER,
  'Gauge add': NO_NUMBER,
  'Rate add': NO_NUMBER,
  'Trend add': NO_NUMBER,
  'Response json':
    'takes dots, indexes and `#` of k6’s path language; its queries and modifiers throw',
  'Response proto': 'is HTTP/1.1 or HTTP/1.0: HTTP/2 is not spoken',
  'k6/metrics Trend': 'constant memory; percentiles within 0.8 %, not interpolated',
  'options cloud': 'read and ignored: it belongs to k6’s own service',
  'options ext':
    '`dialproof.thresholds` hold for every window; the rest is ignored, for it belongs to k6’s services',
  'options noUsageReport': 'read and ignored: nothing is ever reported',
  'options thresholds': 'on a trend or a rate without samples one fails; in k6 it passes',
};
