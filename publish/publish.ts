/** Publishes a run to its destinations, one after the other. A failure of one does not stop the others. */

import type { Run } from '../run/run.ts';
import { standing } from '../run/verdict.ts';
import { ciOf, type Environment, untrustedBecause } from '../system/ci.ts';
import { UnavailableError, UserError } from '../system/errors.ts';
import type { SigningKey } from '../system/sign-request.ts';
import { filesOf, pactsIn } from './files.ts';
import { changed, type Standing, standingOf } from './message/change.ts';
import { messageOf } from './message/message.ts';
import { PATIENCE, type Patience, senderTo } from './send/http.ts';
import { isSecretName, type Redact, redactAll } from './send/secrets.ts';
import { type SentNotes, sentKey, sentNotes } from './sent.ts';
import { entryBefore } from './site/entry.ts';
import { readSite } from './site/site.ts';
import type { SiteTarget } from './targets/sites.ts';
import type { Context, Target } from './targets/target.ts';
import type { Destination } from './targets.ts';

export const WHENS = ['always', 'failure', 'change'] as const;

export type When = (typeof WHENS)[number];

export interface Wanted {
  readonly run: Run;
  /** Folder that the run.json is in. */
  readonly dir: string;
  readonly env: Environment;
  readonly redact: Redact;
  /** `{run}` stands for the folder of the run. */
  readonly reportUrl: string | null;
  readonly matrix: string | null;
  readonly keep: number;
  readonly baseline: Run | null;
  readonly awsKey: (region: string) => Promise<SigningKey>;
  readonly warn: (text: string) => void;
  readonly patience?: Patience;
  readonly signal?: AbortSignal;
}

export interface Told {
  readonly target: string;
  /** `not now`: the condition of `--on` did not hold. */
  readonly outcome: 'sent' | 'skipped' | 'not now' | 'failed';
  readonly said: string;
  /** Whether it failed because the receiver could not be reached. */
  readonly unreachable: boolean;
}

/** All that the targets are given. */
export async function contextOf(wanted: Wanted): Promise<Context> {
  const { run, dir, env, redact, signal } = wanted;
  const ci = ciOf(env);
  const pacts = await pactsIn(dir);
  const made = messageOf(run, { ci, reportUrl: wanted.reportUrl });
  return {
    run,
    message: redactAll(made, redact),
    files: await filesOf(run, pacts, redact),
    pacts,
    env,
    ci,
    untrusted: untrustedBecause(env),
    matrix: wanted.matrix,
    keep: wanted.keep,
    pinned: wanted.baseline?.id ?? null,
    redact,
    senderTo: (what) => senderTo(what, wanted.patience ?? PATIENCE, signal),
    awsKey: wanted.awsKey,
  };
}

export interface Asked extends Destination {
  readonly when: When;
}

/**
 * @param onTold is called after each destination.
 * @throws UserError if `--on change` has nothing to compare with.
 */
export async function publishRun(
  wanted: Wanted,
  asked: readonly Asked[],
  again: boolean,
  onTold: (told: Told) => void = () => {},
): Promise<readonly Told[]> {
  const context = await contextOf(wanted);
  const notes = await sentNotes(wanted.dir, (text) => wanted.warn(wanted.redact(text)));
  // Before the first site has this run.
  const before = await standingBefore(wanted, context, asked);
  const all: Told[] = [];
  for (const one of asked) {
    wanted.signal?.throwIfAborted();
    const told = await deliver(context, one, before, again ? null : notes, notes);
    const { redact } = wanted;
    all.push({ ...told, target: redact(told.target), said: redact(told.said) });
    onTold(all.at(-1) as Told);
  }
  return all;
}

async function deliver(
  context: Context,
  { target, place, when }: Asked,
  before: Before,
  known: SentNotes | null,
  notes: SentNotes,
): Promise<Told> {
  const told = (outcome: Told['outcome'], said: string, unreachable = false): Told => ({
    target: place === '' ? target.name : `${target.name}=${place}`,
    outcome,
    said,
    unreachable,
  });
  const key = sentKey(target, context);
  try {
    const not = notNow(when, context.run, before);
    if (not !== null) return told('not now', not);
    if (target.final && known?.has(key)) {
      return told('skipped', 'this run was sent there before; --again sends it once more');
    }
    const { kind, said } = await target.send(context, place);
    if (target.final && kind === 'sent') await notes.add(key);
    return told(kind, said);
  } catch (error) {
    if (error instanceof UserError) {
      const { untrusted, env } = context;
      if (untrusted !== null && hasNoSecret(target, env)) {
        return told('skipped', `${untrusted}, and gets no secrets (${error.message})`);
      }
      return told('failed', error.message, error instanceof UnavailableError);
    }
    const { name, stack, message } = error as Error;
    if (name === 'AbortError') throw error;
    // A defect of ours, or a full disk. The other destinations are still sent.
    return told('failed', stack ?? message);
  }
}

/** Whether a target needs a secret, and none is set. */
function hasNoSecret({ reads }: Target, env: Environment): boolean {
  const secrets = reads.filter(isSecretName);
  return secrets.length > 0 && secrets.every((name) => !env[name]);
}

/** Of the run before; or why it is not known. */
type Before = { readonly standing: Standing | null } | { readonly error: UserError };

/** Why a destination is passed over; null if it is not. */
function notNow(when: When, run: Run, before: Before): string | null {
  if (when === 'always') return null;
  if (when === 'failure') {
    return standing(run).verdict === 'pass' ? 'the run passes' : null;
  }
  if ('error' in before) throw before.error;
  return changed(before.standing, standingOf(run))
    ? null
    : 'nothing has changed since the run before';
}

/** From the baseline, or else from the first site that this run goes to. */
async function standingBefore(
  { baseline }: Wanted,
  context: Context,
  asked: readonly Asked[],
): Promise<Before> {
  if (!asked.some(({ when }) => when === 'change')) return { standing: null };
  if (baseline) return { standing: standingOf(baseline) };
  const site = asked.find(({ target }) => 'store' in target);
  if (!site) {
    throw new UserError(
      '--on change needs an earlier run to compare with: add --to folder=DIR or --to s3=…, which keep them, or give --baseline FILE',
    );
  }
  try {
    const store = await (site.target as SiteTarget).store(context, site.place);
    const { runId, branch } = context.message;
    return { standing: entryBefore(await readSite(store), runId, branch) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { error };
  }
}
