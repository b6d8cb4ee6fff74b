/** Reads the messages of a written message pact. */

import { readFileSync } from 'node:fs';
import { UserError } from '../../system/errors.ts';
import { object } from '../../system/read.ts';
import { readPact } from '../pact/pact-file.ts';

export interface Message {
  readonly description: string;
  /** The example of the pact. */
  readonly event: unknown;
}

interface WrittenMessages {
  readonly interactions: readonly {
    readonly type?: string;
    readonly description: string;
    readonly contents?: { readonly content: unknown };
  }[];
}

/** @throws UserError if the file cannot be read, or has no messages. */
export function messagesIn(file: string): readonly Message[] {
  readPact(file);
  const { interactions } = object(
    JSON.parse(readFileSync(file, 'utf8')),
    file,
  ) as unknown as WrittenMessages;
  const messages = interactions.flatMap(({ type, description, contents }) =>
    type === 'Asynchronous/Messages' && contents ? [{ description, event: contents.content }] : [],
  );
  if (messages.length === 0) throw new UserError(`${file} is no message pact: it has no messages.`);
  return messages;
}
