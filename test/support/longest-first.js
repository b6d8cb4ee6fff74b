/**
 * The order of the suites: what takes longest begins first, so that no core idles at the end.
 *
 * jest orders them so by itself once it has run them; on a new machine it goes by the size of the files.
 */

const { default: Sequencer } = require('@jest/test-sequencer');

/** Below test/. Most of their time is spent by other processes. */
const LONGEST = [
  'package/package.test.ts',
  'docs/contracts.test.ts',
  'docs/load.test.ts',
  'docs/readme.test.ts',
  'examples/ci.test.ts',
  'clients/go.test.ts',
  'load/scenarios.test.ts',
  'cli/cli.test.ts',
  'load/hangs.test.ts',
  'cli/contracts.test.ts',
  'load/crash-test.test.ts',
  'fuzz/fuzz.test.ts',
  'cli/interrupts.test.ts',
  'load/outputs.test.ts',
  'load/instances.test.ts',
  'contracts/contracts.test.ts',
  'cli/instances.test.ts',
  'load/road-crash.test.ts',
  'contracts/broker.test.ts',
  'contracts/provider.pact.test.ts',
  'load/pairs.test.ts',
  'cli/self-checks.test.ts',
  'contracts/mutation.test.ts',
  'campaigns/invariants.test.ts',
  'cli/remote.test.ts',
  'reports/browser.test.ts',
  'clients/python.test.ts',
  'docs/campaigns.test.ts',
  'docs/endpoint.test.ts',
  'docs/snippets.test.ts',
  'emulator/shared.test.ts',
  'emulator/laws.test.ts',
  'feeders/feeders.test.ts',
  'contracts/consumer.pact.test.ts',
  'contracts/verify.test.ts',
  'cli/live.test.ts',
  'load/engine/consecutive.test.ts',
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
