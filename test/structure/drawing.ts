/** The rooms as CONTRIBUTING.md shows them: a drawing, and a line for each folder. Pure. */

import type { Room } from './rooms.ts';

type Rooms = Readonly<Record<string, Room>>;

export function drawing(rooms: Rooms): string {
  const arrows = Object.entries(rooms).flatMap(([from, { imports, apart = {} }]) => [
    ...shortest(imports, rooms).map((to) => `  ${from} --> ${to}`),
    ...Object.entries(apart).flatMap(([below, allowed]) =>
      allowed.imports
        .filter((to) => to in rooms && to !== from && !imports.includes(to))
        .map((to) => `  ${from} -. ${below} only .-> ${to}`),
    ),
  ]);
  return [
    '```mermaid',
    'flowchart TD',
    ...arrows,
    '```',
    '',
    ...Object.entries(rooms).flatMap(([name, { job, folders = {} }]) => [
      `- **\`${name}/\`**: ${job}`,
      ...Object.entries(folders).map(([below, line]) => `  - \`${below}/\`: ${line}`),
    ]),
  ].join('\n');
}

/** The rooms that none of the others among them leads to: the rest of the arrows follow from theirs. */
function shortest(imports: readonly string[], rooms: Rooms): string[] {
  const drawn = [...new Set(imports.map((one) => one.split('/')[0] ?? one))].filter(
    (one) => one in rooms,
  );
  return drawn.filter((one) => !drawn.some((other) => other !== one && leads(other, one, rooms)));
}

function leads(from: string, to: string, rooms: Rooms): boolean {
  const next = (rooms[from]?.imports ?? []).map((one) => one.split('/')[0] ?? one);
  return next.includes(to) || next.some((one) => leads(one, to, rooms));
}
