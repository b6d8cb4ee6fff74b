/** Sources held to the rules of the house: a sentence for each that is broken. Pure. */

import { posix } from 'node:path';
import { type Arrow, cyclesIn } from './cycles.ts';
import type { Sources } from './imports.ts';
import type { Allowed, Room } from './rooms.ts';

type Rooms = Readonly<Record<string, Room>>;

export function broken(sources: Sources, rooms: Rooms): string[] {
  const arrows = sources.imports.flatMap(({ from, to }): Arrow[] => (to ? [[from, to]] : []));
  return [
    ...cyclesIn(arrows).map((cycle) => `files in a cycle: ${drawn(cycle)}`),
    ...folderCycles(arrows),
    ...forbidden(sources, rooms),
    ...untold(sources, rooms),
  ];
}

function folderCycles(arrows: readonly Arrow[]): string[] {
  const folders = arrows.map(([from, to]): Arrow => [posix.dirname(from), posix.dirname(to)]);
  return cyclesIn(folders).map((cycle) => {
    const [from, to = cycle[0]] = cycle;
    const by = arrows.find(([a, b]) => posix.dirname(a) === from && posix.dirname(b) === to);
    return `folders in a cycle: ${drawn(cycle)} (${by?.join(' imports ')})`;
  });
}

/** Imports that a room must not make. */
function forbidden({ imports }: Sources, rooms: Rooms): string[] {
  return imports.flatMap(({ from, to, written }) => {
    const [folder, allowed] = rulesFor(from, rooms);
    const good = to
      ? [folder, ...allowed.imports].some((one) => isIn(to, one))
      : !allowed.modules || allowed.modules.some((one) => fits(written, one));
    return good ? [] : [`${folder} may not import ${to ?? written}: ${from} does`];
  });
}

/** Folders without a line that says what happens in them, and lines without a folder. */
function untold({ files }: Sources, rooms: Rooms): string[] {
  const folders = new Set(files.map((file) => posix.dirname(file)));
  const told = Object.entries(rooms).flatMap(([room, { folders: below = {} }]) => [
    room,
    ...Object.keys(below).map((one) => `${room}/${one}`),
  ]);
  return [
    ...[...folders].filter((one) => !told.includes(one)).map((one) => `${one} has no line`),
    ...told
      .filter((one) => ![...folders].some((folder) => isIn(folder, one)))
      .map((one) => `${one} has a line, and no files`),
  ];
}

/** The innermost folder with rules of its own. */
function rulesFor(file: string, rooms: Rooms): readonly [folder: string, allowed: Allowed] {
  for (const [name, room] of Object.entries(rooms)) {
    if (!isIn(file, name)) continue;
    for (const [below, allowed] of Object.entries(room.apart ?? {})) {
      if (isIn(file, `${name}/${below}`)) return [`${name}/${below}`, allowed];
    }
    return [name, room];
  }
  throw new Error(`${file} is in no room`);
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function fits(name: string, pattern: string): boolean {
  return pattern.endsWith('/*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

function drawn(cycle: readonly string[]): string {
  return [...cycle, cycle[0]].join(' -> ');
}
