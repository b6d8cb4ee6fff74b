/** The coverage matrix as the Markdown page that docs/ keeps. */

import type { CoverageCell } from '../../run/run.ts';
import { GROUPS } from './cell.ts';

const OPENING = `# What the contract covers

Made from the tables in \`operation/\` by \`dialproof contracts coverage --markdown\`; a test keeps it true. A cell is

- **pinned** by interactions of the pact, which the SDK client and the endpoint are both held to;
- **asserted elsewhere**: by an answer that only the SDK client is held to, or by a named test;
- **not covered**, with the reason.

A cell that is none of these fails the contract stage. What a cell pins is dialproof's definition; how far each rule can
be trusted stands in the table that it comes from.
`;

/** @param cells of every group. */
export function coverageMarkdown(cells: readonly CoverageCell[]): string {
  const count = (status: CoverageCell['status'], among = cells): string =>
    String(among.filter((cell) => cell.status === status).length);
  const summary = GROUPS.map((group) => {
    const mine = cells.filter((cell) => cell.group === group);
    const statuses = ['pinned', 'asserted elsewhere', 'not covered'] as const;
    return row(group, String(mine.length), ...statuses.map((status) => count(status, mine)));
  });
  return [
    OPENING,
    row('Group', 'Cells', 'Pinned', 'Asserted elsewhere', 'Not covered'),
    row('---', '--:', '--:', '--:', '--:'),
    ...summary,
    ...GROUPS.flatMap((group) => [
      `\n## ${group.charAt(0).toUpperCase()}${group.slice(1)}\n`,
      row('Cell', 'Status', 'By'),
      row('---', '---', '---'),
      ...cells
        .filter((cell) => cell.group === group)
        .map(({ name, status, by, reason }) => row(`\`${name}\``, status, reason ?? covering(by))),
    ]),
    '',
  ].join('\n');
}

/** Members of every contact are in nearly every interaction: the first few say enough. */
function covering(by: readonly string[]): string {
  const more = by.length > 2 ? ` and ${by.length - 2} more` : '';
  return by.slice(0, 2).join('; ') + more;
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
