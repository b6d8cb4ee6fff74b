/** What a target is, and what it is given. */

import type { Run } from '../../run/run.ts';
import type { Ci, Environment } from '../../system/ci.ts';
import type { SigningKey } from '../../system/sign-request.ts';
import type { Message } from '../message/message.ts';
import type { SlackMessage } from '../render/slack.ts';
import type { TeamsMessage } from '../render/teams.ts';
import type { Send } from '../send/http.ts';
import type { Redact } from '../send/secrets.ts';

/** A file as it is published. Its texts have no secret. */
export interface PublishedFile {
  /** Below the folder of the run. */
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
}

export interface Context {
  readonly run: Run;
  readonly message: Message;
  /** The reports of the run, and its pacts. */
  readonly files: readonly PublishedFile[];
  /** Paths of the pacts in the folder of the run. */
  readonly pacts: readonly string[];
  readonly env: Environment;
  readonly ci: Ci | null;
  /** Why the build gets no secrets, and a token that may only read; null where that is not known. */
  readonly untrusted: string | null;
  /** Tells builds of one workflow apart, as its matrix does. */
  readonly matrix: string | null;
  /** How many runs a site keeps. */
  readonly keep: number;
  /** A run that a site keeps in any case. */
  readonly pinned: string | null;
  readonly redact: Redact;
  /** Makes a sender. @param what the receiver, as the subject of a sentence. */
  readonly senderTo: (what: string) => Send;
  /** The credentials of AWS for a Region. */
  readonly awsKey: (region: string) => Promise<SigningKey>;
}

/** `skipped` is no failure: there is nothing to send to, or the build may not send. */
export interface Outcome {
  readonly kind: 'sent' | 'skipped';
  /** What was done, or why not. */
  readonly said: string;
}

/** What a target would send. */
export type Preview =
  | { readonly kind: 'slack'; readonly body: SlackMessage }
  | { readonly kind: 'teams'; readonly body: TeamsMessage }
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'files'; readonly paths: readonly string[] };

export interface Target {
  /** What it is called after `--to`. */
  readonly name: string;
  /** Where to, after `name=`. Null if it takes nothing, because the environment has it. */
  readonly place: string | null;
  /** One line for the help. */
  readonly does: string;
  /** The variables that it reads, for the help. The first is one that it cannot do without. */
  readonly reads: readonly string[];
  /**
   * Whether what was sent cannot be changed, so that sending it again would make a second one. The publisher then
   * remembers what it has sent.
   */
  readonly final: boolean;
  /** @throws UserError if the place is not written as it must be. */
  readonly check?: (place: string) => void;
  readonly preview: (context: Context, place: string) => Preview;
  /**
   * @throws UserError if it is not set up, or the receiver refuses.
   * @throws UnavailableError if the receiver cannot be reached.
   */
  readonly send: (context: Context, place: string) => Promise<Outcome>;
}
