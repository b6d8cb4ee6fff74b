/** Runs one script on one engine, and audits it. */

import { rm, writeFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { type CorpusManifest, readPredictions } from '../../generators/corpus.ts';
import type { CampaignChoices } from '../../operation/campaigns/choices.ts';
import {
  FAILURE_CODES,
  FAILURES,
  type FailureReasonCode,
} from '../../operation/connect/batch-put-contact/failures.ts';
import type { Choices } from '../../operation/connect/choices.ts';
import type { Quota } from '../../operation/connect/limits.ts';
import type { LoadResult } from '../../run/run.ts';
import type { Finding, LoadFault, Note } from '../../run/statements/load.ts';
import { UnavailableError } from '../../system/errors.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import type { DialTold } from '../drive/dial-sink.ts';
import {
  type EndpointState,
  endpointFinding,
  endpointState,
} from '../endpoint/endpoint-figures.ts';
import { faultsMet, findingsOfFaults, namesMet, reasonsOfFaults } from '../endpoint/faults-met.ts';
import { contactIdsIn, readLedger, readLedgerFile, saveLedger } from '../endpoint/ledger.ts';
import { tokenLifetimeAt } from '../endpoint/token-lifetime.ts';
import { isLoopback } from '../engine/http/loopback.ts';
import type { Engine, EngineProgress } from '../engines/engine.ts';
import { judgeRun } from '../judge/judge-run.ts';
import {
  type DialPlan,
  envNameOf,
  type ProfileValues,
  SCENARIOS,
  type ScenarioName,
  type ScenarioRow,
  scenarioRow,
} from '../lib/profiles.ts';
import type { RoadSources } from '../road/audit-road.ts';
import { seenAfter, seenWithout } from '../road/gather.ts';
import { AimWatch } from './aim-watch.ts';
import { DIAL_CORPUS, dialCorpus } from './dial-corpus.ts';

export interface LoadTarget {
  readonly url: string;
  /** The emulator's control door; null for an endpoint that keeps no ledger. */
  readonly controlUrl: string | null;
  /** Null where it has none, or none is known. */
  readonly quota: Quota;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** A caller of another account; absent where none is known. */
  readonly otherAccount?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** What the endpoint does where AWS leaves a question open; absent where it is not known. */
  readonly choices?: Choices;
  /** The same of outbound campaigns. */
  readonly campaignChoices?: CampaignChoices;
  /** The dial records that a sink received so far; absent where there is no sink. */
  readonly dials?: () => Promise<readonly DialTold[]>;
  /** The contact events that a sink received so far, and what was set to be done to them; absent where there is no sink. */
  readonly events?: () => Promise<NonNullable<RoadSources['events']>>;
}

/** A script that can be put on an endpoint: a scenario of ours, or one of the user's own. */
export interface Script {
  /** What it is called in reports and file names. */
  readonly name: string;
  readonly path: string;
  /** The shipped scenario; null for a user's own script, even one with the name of a shipped scenario. */
  readonly scenario: ScenarioName | null;
  /** Seconds that it is planned to take; null where that is not known. */
  readonly seconds: number | null;
  /** It has no profile: values are options of k6 to it. */
  readonly plain: boolean;
  /** The dial requests that are written for it; null where it hands none over. */
  readonly dials: DialPlan | null;
  /** Variables for it alone. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ScriptRun {
  readonly script: Script;
  readonly engine: Engine;
  readonly target: LoadTarget;
  readonly corpusDir: string;
  readonly manifest: CorpusManifest;
  /** 8 characters that no other run has. */
  readonly runTag: string;
  /** Folder that gets the history. */
  readonly outDir: string;
  /** Profile values other than the script's own. */
  readonly values: ProfileValues;
  /** The most requests a second; without it as many as the script makes. */
  readonly rps?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EngineProgress) => void;
}

/** A scenario of ours; TypeScript, in the published package too. */
export function scriptOf(scenario: ScenarioName, values: ProfileValues = {}): Script {
  const profile: ProfileValues = { ...SCENARIOS[scenario].profile, ...values };
  const path = join(PACKAGE_ROOT, 'load', 'scenarios', `${scenario}.ts`);
  const { dials = null } = scenarioRow(scenario) ?? {};
  return { name: scenario, path, scenario, seconds: profile.seconds ?? null, plain: false, dials };
}

/** A user's own script, .ts or .js. */
export async function ownScript(path: string): Promise<Script> {
  // Loaded on use: most runs are of scenarios, and esbuild takes long to load.
  const { textOf } = await import('../engine/bundle/bundle.ts');
  const text = await textOf(path);
  // Whatever reads values by that name has a profile, or something like it.
  const plain = !text.includes(envNameOf(''));
  const dials = text.includes(DIAL_CORPUS) ? OWN_DIALS : null;
  const name = basename(path, extname(path));
  return { name, path: resolve(path), scenario: null, seconds: null, plain, dials };
}

/** The dial requests of a user's own script: as those of the scenario `dial`. */
const OWN_DIALS: DialPlan = SCENARIOS.dial.dials;

/** What k6 calls the values that it has too. */
const K6_NAMES: Readonly<Record<string, (value: number) => readonly [string, string]>> = {
  vus: (value) => ['K6_VUS', String(value)],
  iterations: (value) => ['K6_ITERATIONS', String(value)],
  seconds: (value) => ['K6_DURATION', `${value}s`],
};

/** Names of the values that a plain k6 script takes. */
export const PLAIN_VALUES = Object.keys(K6_NAMES);

/** An engine that says nothing for so long hangs: a day, where nothing is known of the script. */
const UNKNOWN_SECONDS = 86_400;

export async function runScript(run: ScriptRun): Promise<LoadResult> {
  const earlier = join(run.outDir, `${run.script.name}.ledger-before.ndjson`);
  try {
    return await runWith(earlier, run);
  } finally {
    await rm(earlier, { force: true });
  }
}

/** @param earlier file for the target's ledger as it is before the run, if the target has a ledger. */
async function runWith(earlier: string, run: ScriptRun): Promise<LoadResult> {
  const { script, engine, target } = run;
  const row = scenarioRow(script.scenario);
  const dials =
    script.dials &&
    (await dialCorpus(
      join(run.outDir, `${script.name}.dials`),
      script.dials,
      { ...row?.profile, ...run.values },
      run.manifest,
      target.campaignChoices,
    ));
  const historyFile = await openHistory(run);
  // An endpoint that is gone must not cost what was measured.
  const lost: LoadFault[] = [];
  const ask = async <T>(question: (controlUrl: string) => Promise<T>): Promise<T | null> => {
    if (!target.controlUrl || lost.length > 0) return null;
    return question(target.controlUrl).catch((error: unknown) => {
      lost.push(lossOf(error));
      return null;
    });
  };
  const hadLedger = await ask((controlUrl) => saveLedger(controlUrl, earlier).then(() => true));
  const tokenLifetimeSeconds = await ask(tokenLifetimeAt);
  const before = await ask(endpointState);
  const aims = new AimWatch();
  const outcome = await engine.run({
    script: script.path,
    env: { ...systemEnvironment(), ...environmentOf(run), ...(dials?.env ?? {}) },
    historyFile,
    labels: { testid: basename(run.outDir), scenario: script.name },
    plannedMs: (script.seconds ?? UNKNOWN_SECONDS) * 1_000,
    ...(run.rps === undefined ? {} : { rps: run.rps }),
    loopbackOnly: isOnThisMachine(target),
    ...(run.signal ? { signal: run.signal } : {}),
    onProgress: (progress) => {
      aims.add(progress);
      run.onProgress?.(progress);
    },
  });
  const after = await ask(endpointState);
  const seen =
    dials && (await ask((controlUrl) => seenAfter({ ...target, controlUrl }, run.signal)));
  const met = before && after ? faultsMet(before, after, needsFaults(script)) : null;
  const finished = {
    scenario: script.name,
    row,
    engine,
    outcome,
    aim: aims.seen(),
    historyFile,
    ledgerBefore: hadLedger ? readLedgerFile(earlier) : null,
    quota: knownQuota(run),
    tokenLifetimeSeconds,
    predictions: await readPredictions(run.corpusDir, run.manifest),
    cut: outcome.cutIterations > 0,
    faults: met ? namesMet(met.counts) : [],
    reasons: [...(met && !outcome.interrupted ? reasonsOfFaults(met) : []), ...unexercised(run)],
    findings: [
      ...(before && after ? endpointFindings(script, before, after) : []),
      ...(met ? findingsOfFaults(met) : []),
      ...untried(run),
    ],
    ...(dials
      ? {
          road: {
            ...(seen ?? (await seenWithout(target))),
            records: dials.records,
            before: hadLedger ? await contactIdsIn(earlier) : null,
            calls: target.campaignChoices?.concurrentCalls ?? null,
            cut: outcome.cutIterations > 0 || seen?.cut !== false,
          },
        }
      : {}),
  };
  const withoutLedger = () =>
    judgeRun({ ...finished, ledger: null, reasons: [...lost, ...finished.reasons] });
  const { controlUrl } = target;
  if (!controlUrl || lost.length > 0) return withoutLedger();
  return judgeRun({ ...finished, ledger: readLedger(controlUrl) }).catch((error: unknown) => {
    lost.push(lossOf(error));
    return withoutLedger();
  });
}

/** k6 does not say how long a request waited because of a limit, so the time at which it was sent is not known. */
function knownQuota({ target, engine, rps }: ScriptRun): Quota {
  return engine.name === 'k6' && rps !== undefined ? null : target.quota;
}

/** What the script leaves out at this endpoint. */
export function unexercised({
  script,
  values,
  rps,
  manifest,
  target: { choices },
}: Pick<ScriptRun, 'script' | 'values' | 'rps' | 'manifest'> & {
  readonly target: Pick<LoadTarget, 'choices'>;
}): LoadFault[] {
  const row = scenarioRow(script.scenario);
  if (row === null) return [];
  const { quotaRate = 0 }: ProfileValues = { ...row.profile, ...values };
  const codes = codesMissing(row, codesIn(manifest));
  return [
    ...(row.measuresQuota && rps !== undefined && rps <= quotaRate
      ? [{ kind: 'burst not sent' as const, cap: rps }]
      : []),
    ...(codes.length > 0 ? [{ kind: 'codes missing' as const, codes }] : []),
    ...(row.needsContacts && choices && !choices.diallableTypes.includes('TELEPHONE_NUMBER')
      ? [{ kind: 'no contacts' as const, diallable: [...choices.diallableTypes] }]
      : []),
  ];
}

/** What the script cannot try with the keys that are known. */
export function untried({ script, target }: Pick<ScriptRun, 'script' | 'target'>): Note[] {
  const measures = scenarioRow(script.scenario)?.measuresQuota === true;
  return measures && !target.otherAccount ? [{ kind: 'one account' }] : [];
}

/** The failure codes that contacts of a corpus are predicted to get. */
function codesIn({ predicted }: CorpusManifest): FailureReasonCode[] {
  return FAILURE_CODES.filter((code) => (predicted[code] ?? 0) > 0);
}

function codesMissing(
  { needsCodes }: ScenarioRow,
  there: readonly FailureReasonCode[],
): FailureReasonCode[] {
  if (needsCodes === undefined) return [];
  if (needsCodes === 'every') return FAILURE_CODES.filter((code) => !there.includes(code));
  const retryable = FAILURE_CODES.filter((code) => FAILURES[code].retryable);
  return retryable.some((code) => there.includes(code)) ? [] : retryable;
}

/** How busy the emulator was. Of a plain script it is not known whether it calls the emulator at all. */
function endpointFindings(
  { plain }: Script,
  before: EndpointState,
  after: EndpointState,
): Finding[] {
  const found = endpointFinding(before.process, after.process);
  return plain && !found.mayBeLimit ? [] : [found];
}

/** @throws the error itself, unless it says that something cannot be reached. */
function lossOf(error: unknown): LoadFault {
  if (error instanceof UnavailableError) return { kind: 'endpoint lost', message: error.message };
  throw error;
}

/** Whether the target is on this machine. If it is, scripts cannot reach other machines. */
export function isOnThisMachine({ url }: LoadTarget): boolean {
  return isLoopback(new URL(url).hostname);
}

/** Whether a script is a scenario about faults: without any it has shown nothing. */
export function needsFaults({ scenario }: Script): boolean {
  return scenarioRow(scenario)?.endpoint === 'faulty';
}

/** The file that gets the script's lines: there also where the engine ends before its first. */
export async function openHistory({
  script,
  outDir,
}: Pick<ScriptRun, 'script' | 'outDir'>): Promise<string> {
  const file = join(outDir, `${script.name}.history.tsv`);
  await writeFile(file, '');
  return file;
}

/** As in k6 a script sees all of it in `__ENV`, and options in it count. */
export function systemEnvironment(): Record<string, string> {
  const given = Object.entries(process.env);
  return Object.fromEntries(
    given.filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

/** What a script is told (lib/env.ts). */
export function environmentOf({
  script,
  target,
  manifest,
  corpusDir,
  runTag,
  values,
  rps,
}: Omit<ScriptRun, 'engine' | 'outDir'>) {
  const { otherAccount, choices } = target;
  const env: Record<string, string> = {
    ...script.env,
    DIALPROOF_URL: target.url,
    DIALPROOF_INSTANCE: manifest.instanceId,
    DIALPROOF_RUN: runTag,
    // Absolute: scripts resolve a relative path against their own folder, as in k6.
    DIALPROOF_CORPUS: resolve(corpusDir, 'batches.bin'),
    DIALPROOF_CORPUS_BATCHES: String(manifest.batches),
    DIALPROOF_CORPUS_PER_BATCH: String(manifest.contactsPerBatch),
    DIALPROOF_CORPUS_RECORD_BYTES: String(manifest.recordBytes),
    DIALPROOF_CORPUS_CODES: codesIn(manifest).join(','),
    AWS_REGION: target.region,
    AWS_ACCESS_KEY_ID: target.accessKeyId,
    AWS_SECRET_ACCESS_KEY: target.secretAccessKey,
    AWS_SESSION_TOKEN: target.sessionToken ?? '',
    DIALPROOF_OTHER_ACCESS_KEY_ID: otherAccount?.accessKeyId ?? '',
    DIALPROOF_OTHER_SECRET_ACCESS_KEY: otherAccount?.secretAccessKey ?? '',
    DIALPROOF_THROTTLE_ERROR: choices?.throttleError ?? '',
    DIALPROOF_IN_FLIGHT: choices?.inFlightDuplicate ?? '',
    DIALPROOF_CONTROL: target.controlUrl ?? '',
    DIALPROOF_PENDING_LIMIT:
      target.campaignChoices === undefined ? '' : String(target.campaignChoices.pendingLimit),
    DIALPROOF_CAP: rps === undefined ? '' : String(rps),
  };
  for (const [key, value] of Object.entries(values)) {
    const ofK6 = script.plain ? K6_NAMES[key] : undefined;
    const [name, text] = ofK6?.(value) ?? [envNameOf(key), String(value)];
    env[name] = text;
  }
  return env;
}
