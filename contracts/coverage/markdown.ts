/** Writes the coverage matrix as the Markdown page in docs/. */

import type { CoverageCell } from '../../run/run.ts';
import { GROUPS } from './cell.ts';

const opening = (title: string, options: string): string => `# ${title}

\`dialproof contracts coverage ${options}\` makes this page from the tables in \`operation/\`. A test compares it with them.

Each row is a cell: one thing that the operation defines. A cell is

- **pinned** if interactions of the pact check it. They bind both the SDK client and the endpoint.
- **asserted elsewhere** if a named test checks it, or an answer that only the SDK client has to handle.
- **not covered**, with the reason.

A cell without any of these fails the contract stage.

A cell pins dialproof's definition, not AWS's behaviour. The table that a rule comes from says how far the rule
can be trusted: \`documented\`, \`inferred\` or \`assumed\`.
`;

export interface CoveragePage {
  readonly title: string;
  /** The options that make the page. */
  readonly options: string;
  /** The cells of every group. */
  readonly cells: readonly CoverageCell[];
}

export function coverageMarkdown({ title, options, cells }: CoveragePage): string {
  const groups = GROUPS.filter((group) => cells.some((cell) => cell.group === group));
  const count = (status: CoverageCell['status'], among = cells): string =>
    String(among.filter((cell) => cell.status === status).length);
  const summary = groups.map((group) => {
    const mine = cells.filter((cell) => cell.group === group);
    const statuses = ['pinned', 'asserted elsewhere', 'not covered'] as const;
    return row(group, String(mine.length), ...statuses.map((status) => count(status, mine)));
  });
  return [
    opening(title, options),
    row('Group', 'Cells', 'Pinned', 'Asserted elsewhere', 'Not covered'),
    row('---', '--:', '--:', '--:', '--:'),
    ...summary,
    ...groups.flatMap((group) => [
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

/** Names the first two interactions and counts the rest, because many members are in nearly every interaction. */
function covering(by: readonly string[]): string {
  const more = by.length > 2 ? ` and ${by.length - 2} more` : '';
  return by.slice(0, 2).join('; ') + more;
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
