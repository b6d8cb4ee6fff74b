/** k6/encoding: base64 in its four variants. */

import { arrayBufferOf, bytesOf } from '../read/bytes.ts';
import type { K6Module } from './module.ts';

type Variant = 'std' | 'rawstd' | 'url' | 'rawurl';

export const encodingModule: K6Module = {
  members: ['b64encode', 'b64decode'],
  left: [],
  make: () => ({
    b64encode(input: unknown, variant: Variant = 'std'): string {
      const bytes = bytesOf(input, 'the input');
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
      const alphabet = isUrl(variant) ? text.replaceAll('+', '-').replaceAll('/', '_') : text;
      return isRaw(variant) ? alphabet.replace(/=+$/, '') : alphabet;
    },
    b64decode(text: string, variant: Variant = 'std', format?: string): string | ArrayBuffer {
      const input = text.replace(/[\r\n]/g, '');
      if (!FORMS[known(variant)].test(input) || (!isRaw(variant) && input.length % 4 !== 0)) {
        throw new Error(`illegal base64 data (${variant})`);
      }
      const bytes = Buffer.from(input, 'base64');
      return format === 's' ? bytes.toString('utf8') : arrayBufferOf(bytes);
    },
  }),
};

const FORMS: Readonly<Record<Variant, RegExp>> = {
  std: /^[A-Za-z0-9+/]*={0,2}$/,
  rawstd: /^[A-Za-z0-9+/]*$/,
  url: /^[A-Za-z0-9_-]*={0,2}$/,
  rawurl: /^[A-Za-z0-9_-]*$/,
};

function isUrl(variant: Variant): boolean {
  return known(variant).endsWith('url');
}

function isRaw(variant: Variant): boolean {
  return known(variant).startsWith('raw');
}

function known(variant: Variant): Variant {
  if (Object.hasOwn(FORMS, variant)) return variant;
  throw new Error(`unknown base64 variant: ${String(variant)}`);
}
