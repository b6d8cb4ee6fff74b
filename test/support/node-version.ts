/** jest's global setup: tests on a Node that is too old stop with one sentence. */

import '../../cli/terminal/node-version.ts';

export default function setup(): void {}
