/** The table as the page docs/engine.md. */

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

const CODES = Object.entries(EXIT)
  .map(
    ([name, code]) => `${code} ${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
  )
  .join(', ');

const INTRODUCTION = `## Where it does better than k6

| | k6 | embedded engine |
|---|---|---|
| an exception in an iteration | is logged, and the run passes | fails the run with exit code 107; the report shows message, place and count |
| a threshold on a trend or a rate without samples | passes | fails, because it has shown nothing, unless every value keeps it (\`max>=0\`) |
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

## Exit codes

The exit codes are k6's: ${CODES}. If several apply, the first one in k6's order counts.

`;
