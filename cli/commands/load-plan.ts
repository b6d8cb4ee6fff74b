/** dialproof load plan: a divided run as YAML for a Kubernetes cluster. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { readManifest } from '../../generators/corpus.ts';
import { type JobPlan, jobObjects, type KubernetesObject } from '../../load/divide/job.ts';
import { CORPUS_MOUNT, testRunObjects } from '../../load/divide/test-run.ts';
import { bundleForK6 } from '../../load/engine/bundle/bundle.ts';
import type { ProfileValues } from '../../load/lib/profiles.ts';
import { environmentOf, type Script } from '../../load/run/run-scenario.ts';
import { UserError } from '../../system/errors.ts';
import { needPackages } from '../../system/packages.ts';
import { readValue } from '../options/load-options.ts';
import { readUrl, told, wholeNumber } from '../options/read-option.ts';
import { newRunTag } from '../stages/put-load.ts';

interface PlanOptions {
  readonly parallelism: number;
  readonly image?: string;
  readonly name: string;
  readonly secret: string;
  readonly claim?: string;
  readonly storage: string;
  readonly startIn: number;
  readonly patience: number;
  readonly target?: string;
  readonly control: readonly string[];
  readonly set: ProfileValues;
  readonly k6Operator?: boolean;
  readonly corpus?: string;
  readonly s3?: string;
  readonly s3Corpus?: string;
  readonly s3Image: string;
}

/** What the cluster sees of a scenario. */
export interface Planned {
  readonly script: Script;
  /** What `load run` in the image is to be given. */
  readonly scenario: string;
}

/** @param plannedOf reads the scenario's argument. */
export function loadPlanCommand(
  command: Command,
  plannedOf: (scenario: string) => Promise<Planned>,
): void {
  command
    .description('render a divided run for Kubernetes, as YAML on stdout')
    .argument('<scenario>', 'a scenario; or the path of a script, in the image and here')
    .argument('[args...]', 'behind "--": further options of "load run", for every instance')
    .requiredOption('--parallelism <n>', 'instances', wholeNumber(1, 1_000))
    .option('--image <name>', 'an image with dialproof (or, with --k6-operator, with k6)')
    .option('--name <name>', "name of the run's objects", readName, 'dialproof-load')
    .option('--secret <name>', 'Secret with the AWS credentials', readName, 'dialproof-aws')
    .option(
      '--claim <name>',
      'a PersistentVolumeClaim that is there, instead of a new one',
      readName,
    )
    .option('--s3 <url>', 'results in S3, s3://BUCKET/PREFIX, instead of a claim', readBucket)
    .option('--s3-corpus <url>', 'with --s3: a corpus there, instead of one made', readBucket)
    .option('--s3-image <name>', 'with --s3: an image with the AWS CLI and sh', 'amazon/aws-cli')
    .option('--storage <size>', 'size of the new claim', '10Gi')
    .option('--start-in <seconds>', 'common start, from now', wholeNumber(0, 86_400), 120)
    .option('--patience <seconds>', 'merge this long after it', wholeNumber(1, 604_800), 3_600)
    .option('--target <url>', 'the endpoint', told(readOrigin))
    .addOption(
      new Option('--control <url>', 'the control door of a ledger, for the merge (repeatable)')
        .argParser((url: string, before: readonly string[]) => [...before, told(readOrigin)(url)])
        .default([], 'none'),
    )
    .addOption(
      new Option('--set <name=value>', 'a value of the profile (repeatable)')
        .argParser((text: string, before: ProfileValues) => ({ ...before, ...readValue(text) }))
        .default({}, 'the scenario’s own'),
    )
    .option('--k6-operator', 'a TestRun of the k6-operator, for k6 instead of dialproof')
    .option('--corpus <dir>', 'with --k6-operator: the corpus that is on the claim')
    .action(async (scenario: string, args: string[], options: PlanOptions) => {
      const planned = await plannedOf(scenario);
      const objects = options.k6Operator
        ? await forOperator(planned, args, options)
        : forJob(planned, args, options);
      // Loaded when asked for: only those who plan for Kubernetes install it.
      needPackages('load plan', ['yaml']);
      const { stringify } = await import('yaml');
      process.stdout.write(objects.map((one) => stringify(one)).join('---\n'));
    });
}

function forJob({ scenario }: Planned, args: string[], options: PlanOptions): KubernetesObject[] {
  if (options.image === undefined) throw new UserError('--image is missing: one with dialproof');
  if (options.corpus !== undefined) {
    throw new UserError(
      '--corpus is for --k6-operator: instances of dialproof make it from its seed',
    );
  }
  const set = Object.entries(options.set).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const target = options.target === undefined ? [] : ['--target', options.target];
  return jobObjects({
    name: options.name,
    scenario,
    parallelism: options.parallelism,
    image: options.image,
    runTag: newRunTag(),
    startAt: new Date(Date.now() + options.startIn * 1_000),
    leadSeconds: options.startIn,
    runArgs: [...target, ...set, ...args],
    mergeArgs: options.control.flatMap((url) => ['--control', url]),
    secret: options.secret,
    place: placeOf(options),
    patienceSeconds: options.patience,
  });
}

function placeOf({ s3, s3Corpus, s3Image, claim, storage, name }: PlanOptions): JobPlan['place'] {
  if (s3 === undefined) {
    if (s3Corpus !== undefined) throw new UserError('--s3-corpus needs --s3: where results go');
    return { claim: claim ?? name, storage: claim === undefined ? storage : null };
  }
  if (claim !== undefined) throw new UserError('--s3 and --claim: results go to one of them');
  return { bucket: s3, corpus: s3Corpus ?? null, image: s3Image };
}

async function forOperator(
  { script }: Planned,
  args: string[],
  { corpus, target, claim, set, ...options }: PlanOptions,
): Promise<KubernetesObject[]> {
  if (options.s3 !== undefined) throw new UserError('--s3 is not for --k6-operator: give --claim');
  if (args.length > 0) throw new UserError(`--k6-operator runs k6, which does not know ${args[0]}`);
  if (corpus === undefined || target === undefined || claim === undefined) {
    throw new UserError(
      '--k6-operator needs --target, --corpus (to read its manifest) and --claim (where a copy of it is)',
    );
  }
  const env = environmentOf({
    script,
    manifest: await readManifest(corpus),
    corpusDir: CORPUS_MOUNT,
    runTag: newRunTag(),
    values: set,
    target: {
      url: target,
      controlUrl: null,
      quota: null,
      region: process.env.AWS_REGION ?? 'us-east-1',
      accessKeyId: '',
      secretAccessKey: '',
    },
  });
  return testRunObjects({
    name: options.name,
    parallelism: options.parallelism,
    image: options.image ?? null,
    script: await bundleForK6(script.path),
    env: Object.fromEntries(Object.entries(env).filter(([name]) => !CREDENTIALS.includes(name))),
    secret: options.secret,
    claim,
  });
}

/** They come from the Secret. */
const CREDENTIALS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** RFC 1123, with room for a suffix. */
function readName(text: string): string {
  if (!/^[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?$/.test(text)) {
    throw new InvalidArgumentError('give up to 50 of a-z, 0-9 and -, no - at the ends.');
  }
  return text;
}

/** Without a slash at the end. */
function readBucket(text: string): string {
  if (!/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w!*'()./-]+)?$/.test(text)) {
    throw new InvalidArgumentError('write s3://BUCKET/PREFIX.');
  }
  return text.replace(/\/+$/, '');
}

/** An origin without credentials in it. */
function readOrigin(text: string): string {
  const url = readUrl(text);
  if (url.username !== '' || url.password !== '') {
    throw new UserError('a URL with credentials would put them into the YAML: use the Secret');
  }
  return url.origin;
}
