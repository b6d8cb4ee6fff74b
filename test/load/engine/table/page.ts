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

It runs k6 scripts in Node, for those who have no k6. What it leaves out it refuses by name, before the first request where that
can be known (an import, an option), else where it is used; \`--engine k6\` runs the same script on a k6 of your own.

${INTRODUCTION}
## Every member

Of @types/k6 ${typesVersion}, as the engine was found to have it when this page was made: ${count('supported')} supported, ${count('different')}
different (*), ${count('refused')} refused. Each one that is supported was used by a script, and did what it is for: functions were called, values
read, options, parameters and members of scenarios given. Each that is refused was tried.

| | supported | refused by name |
|---|---|---|
${sections.join('\n')}

| different* | how |
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

| | k6 | here |
|---|---|---|
| an exception in an iteration | is logged, and the run passes | fails the run with exit code 107; the report has message, place and count |
| a threshold on a trend or a rate without samples | passes | fails, for it has shown nothing |
| a checker that gives a promise | always passes | throws |
| a request with a wrong argument, or a parameter that there is not | has a response with status 0, or is sent without it | throws |
| a time-out before there is a connection | may have error code 1050, as after it | has error code 1211: nothing was sent |
| percentiles | every sample is kept in memory | constant memory, within 0.8 %, and those of several instances merge exactly |
| thresholds | hold for the run as a whole | those of \`ext.dialproof.thresholds\` hold for each window of it ([load.md](load.md#windows)) |
| lateness of arrivals, the event loop's delay | not told | measured; where the generator was the limit the report says that its figures are not valid |
| several instances | each judges its own samples | their samples are merged, and judged once ([distributed.md](distributed.md)) |

The engine runs in a process of its own, in one thread: \`--workers N\` divides a run among N processes. Connections are the instance's, each taken by one request at a
time; in k6 every VU has its own.

## Ends

As in k6 neither an interruption nor \`exec.test.abort()\` can be caught. An iteration that is cut is over at that moment: no \`catch\`, no
\`finally\` and nothing behind them runs. A script that never gives way, such as \`while (true) {}\`, is ended with its process when its time is
over ([load.md](load.md#watching-a-run)); in k6 the other VUs go on meanwhile, here they wait for it.

## Precedence

As in k6: the command's flags, then the environment (\`K6_VUS\`, \`K6_DURATION\`, …), then the script's options. A variable for an option that the
engine leaves out is refused; k6's files of options are not read.

## Exit codes

k6's own: ${CODES}. The first that applies counts, in k6's order.

`;
