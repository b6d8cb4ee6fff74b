/** Where a supported member does not do just what k6's does, in a sentence each. */

export const DIFFERENCES: Readonly<Record<string, string>> = {
  'k6 check': 'a checker that gives a promise throws; in k6 it always passes',
  'k6 randomSeed': 'seeds the VU that calls it; the numbers are not those of k6',
  'k6/metrics Trend': 'constant memory; percentiles within 0.8 %, not interpolated',
  'k6/crypto createHash': 'update() after digest() throws',
  'k6/crypto createHMAC': 'update() after digest() throws',
  'options cloud': 'read and ignored: it belongs to k6’s own service',
  'options ext':
    '`dialproof.thresholds` hold for every window; the rest is ignored, for it belongs to k6’s services',
  'options noUsageReport': 'read and ignored: nothing is ever reported',
  'options thresholds': 'on a trend or a rate without samples one fails; in k6 it passes',
};
