/** The published rules of a contact's attributes. */

import { LIMITS } from './limits.ts';

export type Attributes = Readonly<Record<string, string>>;

const KEY = /^[A-Za-z0-9_-]+$/;

/** Whether a key has a character other than letters, digits, _ and -. */
export function hasInvalidAttributeKey(attributes: Attributes | undefined): boolean {
  for (const key in attributes) if (!KEY.test(key)) return true;
  return false;
}

/** UTF-8 bytes of all keys and values together. */
export function attributesBytes(attributes: Attributes | undefined): number {
  let bytes = 0;
  for (const key in attributes) {
    bytes += utf8Length(key) + utf8Length(attributes[key] as string);
  }
  return bytes;
}

/** Whether attributes have more than the published 32,768 bytes. */
export function hasOversizeAttributes(attributes: Attributes | undefined): boolean {
  return attributesBytes(attributes) > LIMITS.attributesBytes.max;
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    bytes += 1;
    // A surrogate pair has 4 bytes: 2 for each unit. Any other unit above U+07FF has 3.
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) bytes += 1;
  }
  return bytes;
}
