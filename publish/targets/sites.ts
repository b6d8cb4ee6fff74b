/** Sites: a folder, and a bucket of S3. Both have a page that lists the runs, and keep the newest. */

import { UserError } from '../../system/errors.ts';
import { standingOf } from '../message/change.ts';
import type { SiteEntry } from '../site/entry.ts';
import { folderStore } from '../site/folder-store.ts';
import { bucketOf, s3Store } from '../site/s3-store.ts';
import { type Addition, addToSite, folderOf, type SiteStore } from '../site/site.ts';
import type { Context, Target } from './target.ts';

/** A target whose earlier runs can be read. */
export interface SiteTarget extends Target {
  readonly store: (
    context: Pick<Context, 'env' | 'senderTo' | 'awsKey'>,
    place: string,
  ) => Promise<SiteStore>;
}

/** More reasons are in the report. */
const MOST_REASONS = 3;

const common = {
  final: false,
  preview: (context: Context) => {
    const at = `runs/${folderOf(context.run.id)}/`;
    const paths = [...context.files.map(({ path }) => at + path), 'index.json', 'index.html'];
    return { kind: 'files' as const, paths };
  },
};

export const folder: SiteTarget = {
  ...common,
  name: 'folder',
  place: 'DIR',
  does: 'adds the reports to a folder or static site, with an index; old runs are removed',
  reads: [],
  check: (place) => {
    if (place === '') throw new UserError('folder needs a folder: write it as folder=DIR');
  },
  store: async (_, place) => folderStore(place),
  send: async (context, place) => ({
    kind: 'sent',
    said: await addToSite(folderStore(place), additionOf(context)),
  }),
};

export const s3: SiteTarget = {
  ...common,
  name: 's3',
  place: 's3://BUCKET/PREFIX',
  does: 'the same in a bucket of S3 or of a compatible service',
  reads: [
    'AWS_REGION',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_ENDPOINT_URL_S3',
    'DIALPROOF_S3_STYLE',
  ],
  check: (place) => {
    bucketOf(place, { AWS_REGION: 'any' });
  },
  store: async ({ env, senderTo, awsKey }, place) => {
    const bucket = bucketOf(place, env);
    return s3Store(bucket, await awsKey(bucket.region), senderTo('S3'));
  },
  send: async (context, place) => ({
    kind: 'sent',
    said: await addToSite(await s3.store(context, place), additionOf(context)),
  }),
};

function additionOf(context: Context): Addition {
  const { message, files, keep, pinned, ci, redact } = context;
  const { startedAt, durationMs } = context.run;
  const { verdict, causes } = standingOf(context.run);
  const entry: SiteEntry = {
    id: message.runId,
    folder: folderOf(message.runId),
    verdict,
    startedAt,
    durationMs,
    commit: message.commit,
    branch: message.branch,
    buildUrl: ci?.buildUrl ?? null,
    reasons: message.reasons.slice(0, MOST_REASONS),
    causes: causes.map(redact),
    files: files.map(({ path }) => path),
  };
  return { entry, files, keep, pinned };
}
