/** How the texts of options are read. */

import { InvalidArgumentError } from 'commander';
import { UserError } from '../../system/errors.ts';
import { shownUrl } from '../../system/shown-url.ts';

export function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    const n = Number(text);
    if (!/^\d+$/.test(text) || n < min || n > max) {
      throw new InvalidArgumentError(`give a whole number from ${min} to ${max}.`);
    }
    return n;
  };
}

/** Wraps a reader, so that its UserError becomes an InvalidArgumentError of commander. */
export function told<T>(read: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return read(text);
    } catch (error) {
      if (error instanceof UserError)
        throw new InvalidArgumentError(error.message.replace(/[^.?]$/, '$&.'));
      throw error;
    }
  };
}

/** @throws UserError if the text is not a URL, or has a path, which would not be sent. */
export function readAddress(text: string): URL {
  const url = readUrl(text);
  if (url.pathname !== '/' || url.search !== '') {
    throw new UserError(
      `"${text}" has a path, which would not be sent: give ${url.origin}, or a proxy that adds the path`,
    );
  }
  return url;
}

/** @throws UserError if the text is not an address of HTTP. */
export function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol) && url.hostname !== '') return url;
  throw new UserError(
    `"${shownUrl(text)}" is not a URL of HTTP: write it as http://127.0.0.1:PORT`,
  );
}
