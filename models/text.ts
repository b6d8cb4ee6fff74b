/** The text of TypeScript. */

import type { Extract } from './model.ts';

export function header(what: string, name: string, { source, metadata }: Extract): string {
  return [
    '/**',
    ` * ${what} of ${name} ${metadata.apiVersion}.`,
    ' *',
    ' * `npm run models` writes this file. Do not edit it.',
    ` * Source: ${source.package} ${source.version} (${source.licence}), ${source.file}.`,
    ' */',
    '',
  ].join('\n');
}

/** `DialRequestList` -> `DIAL_REQUEST_LIST`. */
export function constant(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toUpperCase();
}

export function block(parts: readonly string[]): string {
  const line = `{ ${parts.join(', ')} }`;
  return line.length <= 60 ? line : lines(parts);
}

export function lines(parts: readonly string[], end = ','): string {
  return `{\n${parts.map((part) => `  ${part}${end}\n`).join('')}}`;
}

export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

export function number(value: number): string {
  return String(value).replace(/^\d{5,}$/, (digits) =>
    Number(digits).toLocaleString('en').replaceAll(',', '_'),
  );
}
