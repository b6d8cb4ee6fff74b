/** Opens the sink that an option names: a file, or a URL. */

import { UserError } from '../../system/errors.ts';
import { shownUrl } from '../../system/shown-url.ts';
import { openFileSink } from './file-sink.ts';
import { createHttpSink } from './http-sink.ts';
import type { Sink } from './sink.ts';

const HTTP = /^https?:\/\//i;
const LOOPBACK_HOST = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/;

/**
 * @throws UserError for a URL that cannot be read, one of another machine unless that is allowed, and a file that
 * cannot be written.
 */
export async function openSink(target: string, allowRemote = false): Promise<Sink> {
  if (!HTTP.test(target)) return openFileSink(target);
  let url: URL;
  try {
    url = new URL(target);
  } catch {
    throw new UserError(
      `the sink ${shownUrl(target)} is not a URL: write it as http://127.0.0.1:PORT/path`,
    );
  }
  if (!allowRemote && !LOOPBACK_HOST.test(url.hostname)) {
    throw new UserError(
      `the sink ${shownUrl(target)} is on another machine: use one of 127.0.0.1, or give --allow-remote`,
    );
  }
  return createHttpSink(url);
}
