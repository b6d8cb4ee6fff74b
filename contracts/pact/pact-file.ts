/** The parts of a written pact (specification V4) that the checks read. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../system/errors.ts';
import { object, parseJson } from '../../system/read.ts';
import type { Parties } from '../agreement/interaction.ts';

export interface PactFile {
  readonly consumer?: { readonly name?: string };
  readonly provider?: { readonly name?: string };
  readonly interactions: readonly WrittenInteraction[];
}

export interface WrittenInteraction {
  readonly description: string;
  readonly providerStates?: readonly WrittenState[];
  readonly comments?: Readonly<Record<string, unknown>>;
  readonly request: WrittenMessage & { readonly method: string; readonly path: string };
  readonly response: WrittenMessage & { readonly status: number };
}

/** The members that a request and a response share. */
export interface WrittenMessage {
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  readonly body?: WrittenBody;
  readonly matchingRules?: {
    readonly body?: Readonly<Record<string, Rule>>;
    readonly header?: Readonly<Record<string, Rule>>;
  };
}

export interface WrittenBody {
  readonly content: unknown;
  readonly contentType?: string;
}

export interface WrittenState {
  readonly name: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

export interface Rule {
  readonly matchers: readonly {
    readonly match: string;
    readonly regex?: string;
    readonly variants?: readonly { readonly rules: Readonly<Record<string, Rule>> }[];
  }[];
}

/** The path at which Pact writes a contract inside `dir`. */
export function pactFileIn(dir: string, { consumer, provider }: Parties): string {
  return join(dir, `${consumer}-${provider}.json`);
}

/** @throws UserError if the file is missing or is not a pact. */
export function readPact(file: string): PactFile {
  const pact = readPactJson(file);
  if (!Array.isArray(pact.interactions)) {
    throw new UserError(`${file} is not a pact: it has no interactions.`);
  }
  return pact as unknown as PactFile;
}

/** @throws UserError if the file is missing or is no JSON object. */
export function readPactJson(file: string): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      `The pact ${file} cannot be read (${code})${code === 'ENOENT' ? '; write it first' : ''}.`,
    );
  }
  return object(parseJson(text, `The pact ${file}`), file);
}

/** The consumer and provider of a pact. @throws UserError if the file does not name them. */
export function partiesOf({ consumer, provider }: PactFile, file: string): Parties {
  if (!consumer?.name || !provider?.name) {
    throw new UserError(`${file} is not a pact: it names no consumer or no provider.`);
  }
  return { consumer: consumer.name, provider: provider.name };
}
