/** dialproof load plan: writes a divided run as YAML for a Kubernetes cluster. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { readManifest } from '../../generators/corpus.ts';
import { type JobPlan, jobObjects, type KubernetesObject } from '../../load/divide/job.ts';
import { CORPUS_MOUNT, testRunObjects } from '../../load/divide/test-run.ts';
import type { ProfileValues } from '../../load/lib/profiles.ts';
import { environmentOf, type Script } from '../../load/run/run-script.ts';
import { UserError } from '../../system/errors.ts';
import { needPackages } from '../../system/packages.ts';
import { readValue } from '../options/load-options.ts';
import { readUrl, told, wholeNumber } from '../options/read-option.ts';
import { newRunTag } from '../stages/put-load.ts';
import { toStdout } from '../terminal/out.ts';

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
  readonly cpu: number;
  readonly memory: number;
  readonly disk: number;
}

/** What the cluster sees of a scenario. */
export interface Planned {
  readonly script: Script;
  /** Arguments of `load run` in the image. */
  readonly scenario: string;
}

/** @param plannedOf reads the scenario's argument. */
export function loadPlanCommand(
  command: Command,
  plannedOf: (scenario: string, args: readonly string[]) => Promise<Planned>,
): void {
  command
    .description('print a divided run as YAML for Kubernetes')
    .argument(
      '<scenario>',
      'a scenario, or the path of a script that is the same here and in the image',
    )
    .argument('[args...]', 'after "--": more options of "load run", for every instance')
    .requiredOption('--parallelism <n>', 'number of instances', wholeNumber(1, 1_000))
    .option('--image <name>', 'image with dialproof; with --k6-operator, image with k6')
    .option('--name <name>', 'name of the Kubernetes objects', readName, 'dialproof-load')
    .option('--secret <name>', 'Secret with the AWS credentials', readName, 'dialproof-aws')
    .option('--claim <name>', 'existing PersistentVolumeClaim (default: a new one)', readName)
    .option(
      '--s3 <url>',
      'keep results in S3 instead of on a claim: s3://BUCKET/PREFIX',
      readBucket,
    )
    .option(
      '--s3-corpus <url>',
      'with --s3: existing corpus in S3 (default: each pod generates it)',
      readBucket,
    )
    .option('--s3-image <name>', 'with --s3: image with the AWS CLI and sh', 'amazon/aws-cli')
    .option('--storage <size>', 'size of the new claim', '10Gi')
    .option(
      '--cpu <n>',
      'CPUs of each container; its limit is twice as many',
      wholeNumber(1, 512),
      1,
    )
    .option('--memory <MiB>', 'memory of each container', wholeNumber(64, 2 ** 22), 1_024)
    .option('--disk <GiB>', 'disk of each container, at most', wholeNumber(1, 2 ** 16), 10)
    .option(
      '--start-in <seconds>',
      'seconds from now at which all instances start',
      wholeNumber(0, 86_400),
      120,
    )
    .option(
      '--patience <seconds>',
      'seconds after the start at which results are merged, complete or not',
      wholeNumber(1, 604_800),
      3_600,
    )
    .option(
      '--target <url>',
      'the endpoint (default: each instance starts an emulator)',
      told(readOrigin),
    )
    .addOption(
      new Option('--control <url>', 'control door from which the merge reads a ledger (repeatable)')
        .argParser((url: string, before: readonly string[]) => [...before, told(readOrigin)(url)])
        .default([], 'none'),
    )
    .addOption(
      new Option('--set <name=value>', 'replace a value of the profile (repeatable)')
        .argParser((text: string, before: ProfileValues) => ({ ...before, ...readValue(text) }))
        .default({}, 'the scenario’s own'),
    )
    .option(
      '--k6-operator',
      'print a TestRun for the k6-operator, which runs k6 instead of dialproof',
    )
    .option('--corpus <dir>', 'with --k6-operator: local copy of the corpus on the claim')
    .action(async (scenario: string, args: string[], options: PlanOptions) => {
      const planned = await plannedOf(scenario, args);
      const objects = options.k6Operator
        ? await forOperator(planned, args, options)
        : forJob(planned, args, options);
      // Loaded when asked for: only those who plan for Kubernetes install it.
      needPackages('load plan', ['yaml']);
      const { stringify } = await import('yaml');
      toStdout(objects.map((one) => stringify(one)).join('---\n'));
    });
}

function forJob({ scenario }: Planned, args: string[], options: PlanOptions): KubernetesObject[] {
  if (options.image === undefined)
    throw new UserError('--image is missing: give an image with dialproof');
  if (options.corpus !== undefined) {
    throw new UserError(
      '--corpus works only with --k6-operator: instances of dialproof generate the corpus from its seed',
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
    size: { cpu: options.cpu, memory: options.memory, disk: options.disk },
  });
}

function placeOf({ s3, s3Corpus, s3Image, claim, storage, name }: PlanOptions): JobPlan['place'] {
  if (s3 === undefined) {
    if (s3Corpus !== undefined)
      throw new UserError('--s3-corpus needs --s3: give the place for the results too');
    return { claim: claim ?? name, storage: claim === undefined ? storage : null };
  }
  if (claim !== undefined)
    throw new UserError('--s3 and --claim both say where results go: give only one of them');
  return { bucket: s3, corpus: s3Corpus ?? null, image: s3Image };
}

async function forOperator(
  { script }: Planned,
  args: string[],
  { corpus, target, claim, set, ...options }: PlanOptions,
): Promise<KubernetesObject[]> {
  if (options.s3 !== undefined)
    throw new UserError('--s3 does not work with --k6-operator: give --claim');
  if (args.length > 0)
    throw new UserError(
      `--k6-operator runs k6, which does not accept ${args[0]}: leave out everything after "--"`,
    );
  if (corpus === undefined || target === undefined || claim === undefined) {
    throw new UserError(
      '--k6-operator needs --target, --corpus (a local copy, to read its manifest) and --claim (with a copy for the pods)',
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
  const { bundleForK6 } = await import('../../load/engine/bundle/bundle.ts');
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
    throw new InvalidArgumentError(
      'give up to 50 characters of a-z, 0-9 and -, without - at either end.',
    );
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
    throw new UserError('credentials in a URL would end up in the YAML: put them into the Secret');
  }
  return url.origin;
}
