/** The table as the page docs/engine.md. */

import { EXIT_CODES } from '../../../../cli/terminal/exit-codes.ts';
import { EXIT } from '../../../../load/engine/read/refusal.ts';
import type { Row } from './engine-table.ts';

export function enginePage(rows: readonly Row[], typesVersion: string): string {
  const groups = [...new Set(rows.map(({ group }) => group))];
  const count = (status: Row['status']) => rows.filter((one) => one.status === status).length;
  const sections = groups.map((group) => {
    const own = rows.filter((one) => one.group === group);
    const list = (status: Row['status']) =>
      own.filter((one) => one.status === status).map(({ member }) => `\`${member}\``);
    const cell = (members: readonly string[]) => (members.length > 0 ? members.join(', ') : '–');
    return `| ${group} | ${cell([...list('supported'), ...list('different').map((name) => `${name}*`)])} | ${cell(list('refused'))} |`;
  });
  const different = rows
    .filter(({ status }) => status === 'different')
    .map(({ group, member, remark }) => `| \`${member}\` of ${group} | ${remark} |`);
  return `<!-- Made by test/load/engine/engine-table.test.ts: UPDATE_GOLDEN=1 npx jest test/load/engine/engine-table -->
# The embedded engine

The embedded engine runs k6 scripts in Node, without k6. If a script uses something that the engine does not support, the engine refuses
it by name: an import or an option before the first request, anything else when it is used. \`--engine k6\` runs the
same script on a k6 that you installed.

${INTRODUCTION}## Every member

This table has every member that @types/k6 ${typesVersion} declares: ${count('supported')} supported, ${count('different')} different (*), ${count('refused')} refused. It is made by
trying each of them. A supported member was used by a script and did its job: functions were called, values were read, and options,
parameters and scenario members were set. A refused member was tried and refused.

| | supported | refused by name |
|---|---|---|
${sections.join('\n')}

| different* | how it differs |
|---|---|
${different.join('\n')}
`;
}

/** What each code of k6 means, and the code of the command in the same case. */
const MEANINGS: Readonly<Record<keyof typeof EXIT, readonly [meaning: string, command: string]>> = {
  ok: ['ok', `${EXIT_CODES.pass}, unless something else failed the run`],
  thresholds: ['a threshold failed', String(EXIT_CODES.failed)],
  setupTimeout: ['setup took too long', String(EXIT_CODES.failed)],
  teardownTimeout: ['teardown took too long', String(EXIT_CODES.failed)],
  timeout: ['the script did not give way', String(EXIT_CODES.failed)],
  invalidConfig: ['an option is wrong or not supported', String(EXIT_CODES.usage)],
  interrupted: ['interrupted', String(EXIT_CODES.interrupted)],
  scriptException: [
    'an exception; a script that cannot be loaded',
    `${EXIT_CODES.failed}; ${EXIT_CODES.usage} if it cannot be loaded`,
  ],
  aborted: ['`exec.test.abort()`', String(EXIT_CODES.failed)],
  markedFailed: ['`exec.test.fail()`', String(EXIT_CODES.failed)],
};

const CODE_ROWS = Object.entries(MEANINGS)
  .map(
    ([name, [meaning, command]]) =>
      `| ${EXIT[name as keyof typeof EXIT]} | ${meaning} | ${command} |`,
  )
  .join('\n');

const INTRODUCTION = `## Where it does better than k6

| | k6 | embedded engine |
|---|---|---|
| an exception in an iteration | is logged, and the run passes | fails the run with exit code 107; the report shows message, place and count |
| a threshold on a trend or a rate without samples | passes | fails, because it has shown nothing. A threshold that every value keeps, such as \`max>=0\`, passes and shows *no sample*: scripts write it to see a sub-metric |
| a checker that returns a promise | always passes | throws |
| a request with a wrong argument or an unknown parameter | gives a response with status 0, or is sent without the parameter | throws |
| a timeout before there is a connection | may have error code 1050, as after it | has error code 1211: nothing was sent |
| percentiles | every sample is kept in memory | constant memory, within 0.8 %; those of several instances merge exactly |
| thresholds | are judged for the run as a whole | those of \`ext.dialproof.thresholds\` are judged for each window ([load.md](load.md#windows)) |
| lateness of arrivals, delay of the event loop | is not reported | is measured; if the generator was the limit, the report says that its figures are not valid |
| several instances | each judges its own samples | their samples are merged and judged once ([distributed.md](distributed.md)) |

The engine runs in a process of its own, in one thread. \`--workers N\` divides a run among N processes. All VUs of an instance
share its connections, and each connection carries one request at a time. In k6 every VU has its own connections.

## How a run ends

As in k6, neither an interruption nor \`exec.test.abort()\` can be caught. A cut iteration is over at that moment: no \`catch\` and no
\`finally\` runs, and nothing after them. A script that never gives way, such as \`while (true) {}\`, is ended with its process when
its time is over ([load.md](load.md#watching-a-run)). In k6 the other VUs go on meanwhile; here they wait.

## Precedence

As in k6, the command's flags come first, then the environment (\`K6_VUS\`, \`K6_DURATION\`, …), then the script's options. A
variable for an unsupported option is refused. k6's configuration files are not read.

## Forms of script

A script is an ES module in JavaScript or TypeScript, or a CommonJS module: one written by hand, or the output of tsc or
webpack. A CommonJS script cannot be bundled for \`--engine k6\` and is refused there; k6 itself runs it.

Blocking calls such as \`http.get()\` and \`sleep()\` block as in k6, in plain code and in:

- the functions that \`forEach\`, \`map\`, \`filter\`, \`every\`, \`some\`, \`find\`, \`findIndex\`, \`flatMap\`, \`reduce\` and \`Array.from\` call
- functions that come from an array, a table or a Map, such as \`for (const step of steps) step()\` and \`table[name]()\`
- functions that a helper gets or gives, methods, groups, timers, \`setup\` and \`teardown\`

Where the language cannot wait, a blocking call is refused with file and line: in a comparator of \`sort\`, a getter or
setter, a generator, a constructor, a class field, a default parameter, a check, and while a CommonJS module is loaded. If only
run time shows such a call, it is an error of the script. Promises of the script's own, such as those of \`http.asyncRequest()\` and
of its async functions, are not awaited. One thing differs: where a function waits for a blocking call and then returns a promise
of the script's own, its caller gets the promise's value.

Options may be written in any case, as in k6: \`startvus\`, \`discardresponsebodies\`. k6 ignores \`vus\` without
\`iterations\`, \`duration\` or \`stages\`, and \`executor\`, \`exec\`, \`gracefulStop\` and \`startTime\` outside of \`scenarios\`, and warns of
it. So does the engine. Any other unknown option is refused. \`summaryTimeUnit\` is handed to handleSummary; reports have units of their own.

A response has k6's members as its own: \`{ ...res }\` and \`Object.keys(res)\` have them, and a script may set them.

## Remote imports

k6 fetches \`import … from 'https://jslib.k6.io/…'\` when a script is loaded. The engine never fetches code. An import map points
the URL at a file of yours. Its form is that of browsers:

\`\`\`json
{ "imports": { "https://jslib.k6.io/": "./vendor/" } }
\`\`\`

\`--import-map FILE\` of \`load run\` and \`load bundle\` names the map, or the variable \`DIALPROOF_IMPORT_MAP\`. Without them, \`dialproof.imports\`
of the nearest \`package.json\` above the script is the map. A whole URL counts before a beginning that ends in \`/\`, and a
longer beginning before a shorter one. Paths start at the folder of the map's file. The map applies to the bundle for \`--engine k6\` too.

With the map above, this script runs if \`vendor/helpers/1.0.0/index.js\` exists:

\`\`\`js
import http from 'k6/http';
import { between } from 'https://jslib.k6.io/helpers/1.0.0/index.js';

export const options = { iterations: 1, thresholds: { http_reqs: ['count==1'] } };
export default function () {
  http.get(__ENV.BASE_URL + '/items/' + between(1, 5));
}
\`\`\`

The file may be a small helper of your own:

\`\`\`js
// vendor/helpers/1.0.0/index.js
export const between = (low, high) => low + Math.floor(Math.random() * (high - low + 1));
\`\`\`

dialproof ships no file of jslib. Each has its own licence, which you accept when you copy it.

## Exit codes

The engine has k6's exit codes. The command \`dialproof load run\` has its own, because it judges more than k6 does: objectives, the
audit, and whether the figures are valid. The report names the reason.

| k6 and the engine | | \`dialproof load run\` |
|---|---|---|
${CODE_ROWS}

If several codes of k6 apply, the first one in k6's order counts. These codes of the command have no code of k6: 1 if nothing was
judged, because the script has neither thresholds nor a history; 3 if an endpoint or a program is not there; 4 if
nothing failed and [the figures are not valid](load.md#the-outcome-not-valid).

`;
