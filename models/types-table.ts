/** Writes the types of the requests and answers of an extract. */

import type { Extract, Reference } from './model.ts';
import { formatOf, shapeOf } from './parts.ts';
import { header, quoted } from './text.ts';

export function typesTable(extract: Extract, name: string): string {
  const types = Object.entries(extract.shapes).flatMap(([shape, described]) => {
    if (described.enum) {
      return [
        `export type ${shape} =\n${described.enum.map((value) => `  | ${quoted(value)}`).join('\n')};`,
      ];
    }
    if (described.type !== 'structure' || described.exception) return [];
    const members = Object.entries(described.members ?? {}).map(([member, reference]) => {
      const optional = described.union || described.required?.includes(member) ? '' : '?';
      return `readonly ${member}${optional}: ${typeOf(reference, extract)};`;
    });
    if (described.union) {
      return [
        `/** Exactly one member. */\nexport type ${shape} =\n${members.map((member) => `  | { ${member.slice(0, -1)} }`).join('\n')};`,
      ];
    }
    if (members.length === 0) return [`export type ${shape} = Readonly<Record<string, never>>;`];
    return [`export interface ${shape} {\n${members.map((member) => `  ${member}`).join('\n')}\n}`];
  });
  return [
    header('The types of the requests and answers', name, extract),
    ...types.flatMap((type) => [type, '']),
  ].join('\n');
}

function typeOf({ shape: name }: Reference, extract: Extract): string {
  const shape = shapeOf(name, extract);
  switch (shape.type) {
    case 'string':
      return shape.enum ? name : 'string';
    case 'boolean':
      return 'boolean';
    case 'timestamp':
      // As it is sent.
      return formatOf(shape, name) === 'date-time' ? 'string' : 'number';
    case 'list':
      return `readonly ${typeOf(shape.member as Reference, extract)}[]`;
    case 'map': {
      const [key, value] = [shape.key, shape.value].map((part) =>
        typeOf(part as Reference, extract),
      );
      const record = `Record<${key}, ${value}>`;
      return `Readonly<${key === 'string' ? record : `Partial<${record}>`}>`;
    }
    case 'structure':
      return name;
    default:
      return 'number';
  }
}
