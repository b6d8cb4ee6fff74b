/**
 * The order of the suites: what takes longest begins first, so that no core idles at the end.
 *
 * jest orders them so by itself once it has run them; on a new machine it goes by the size of the files.
 */

const { default: Sequencer } = require('@jest/test-sequencer');

/** Below test/. Most of their time is spent by other processes. */
const LONGEST = [
  'package/package.test.ts',
  'examples/ci.test.ts',
  'clients/go.test.ts',
  'cli/cli.test.ts',
  'load/crash-test.test.ts',
  'fuzz/fuzz.test.ts',
  'load/scenarios.test.ts',
  'contracts/contracts.test.ts',
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = LONGEST.findIndex((name) => path.endsWith(`/test/${name}`));
      return at < 0 ? LONGEST.length : at;
    };
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
