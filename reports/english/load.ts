/** English sentences for the statements of a load run. */

import { count, figure, share, whole } from '../../run/figures.ts';
import type { FailedAnswer } from '../../run/run.ts';
import type {
  Finding,
  Interval,
  Invalidity,
  LoadReason,
  Note,
  RateTrouble,
  Remedy,
  SearchEnd,
} from '../../run/statements/load.ts';
import { measured, oldText, saying, someOf } from './sentences.ts';

/** A clause. The caller joins clauses with semicolons. */
export const invaliditySaid = saying<Invalidity>({
  'no request': () => 'no request was made',
  interrupted: () => 'the run was interrupted',
  dropped: ({ iterations }) =>
    `${count(iterations, 'scheduled iteration was', 'scheduled iterations were')} dropped because no VU was free`,
  exceptions: () => 'exceptions kept a part of the load from being made',
  late: ({ what, p99Ms, boundMs }) =>
    `${what} p99 was ${p99Ms.toFixed(1)} ms, and more than ${boundMs.toFixed(1)} ms distorts the response times`,
  busy: ({ what, share: busy, bound }) =>
    `${what} was busy ${share(busy, 1)} of the time, and above ${share(bound, 1)} it limits the rate`,
  ...oldText,
});

/** `status 403 InvalidSignatureException` · `no answer (dial: connection refused)`. */
export function failedAnswerSaid({ status, error }: Omit<FailedAnswer, 'count'>): string {
  if (status === 0) return `no answer${error === '' ? '' : ` (${error})`}`;
  return `status ${status}${error === '' ? '' : ` ${error}`}`;
}

/** What to do after all requests were refused. */
const REMEDIES: Readonly<Record<Remedy, string>> = {
  'start it': 'Start the endpoint, or give its address with --target.',
  'secret and Region':
    'The endpoint calculates another signature: check AWS_SECRET_ACCESS_KEY and AWS_REGION.',
  credentials:
    'The endpoint does not know these credentials: check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.',
  caller:
    'These credentials may not call BatchPutContact, which only the service principal of outbound campaigns may. For an emulator, take the credentials that it prints at its start.',
  instance:
    'The endpoint does not have the instance of the corpus: add it to the endpoint, or generate contacts for an instance that it has.',
  rate: 'Send less: give a lower --rate, or fewer --vus.',
  target: 'That is not an answer of Amazon Connect: check the address in --target.',
  'its log': 'Look for the cause in the log of the endpoint.',
  'the script': 'Check the addresses and the credentials that the script uses.',
};

export const loadReasonSaid = saying<LoadReason>({
  'all refused': ({ requests, status, error, count: times, remedy }) => {
    const most = times === requests ? '' : `, ${whole(times)} times`;
    const answer = failedAnswerSaid({ status, error });
    return `None of ${count(requests, 'request')} succeeded: ${answer}${most}. ${REMEDIES[remedy]}`;
  },
  'nothing understood': ({ requests }) =>
    `All of ${count(requests, 'request')} were answered with status 200, but no answer has the members of BatchPutContact. ${REMEDIES.target}`,
  'stopped answering': ({ unanswered, of, error }) =>
    `The endpoint stopped answering: the last ${whole(unanswered)} of ${count(of, 'request')} had ${failedAnswerSaid({ status: 0, error })}.`,
  'quota in the way': ({ refused, of, error }) =>
    `The endpoint refused ${whole(refused)} of ${count(of, 'request')} with status 429 ${error}: it has a quota, and this scenario is for an endpoint without one. Start the emulator with --profile stress, or send less than the quota allows.`,
  'endpoint lost': ({ message }) => `The endpoint did not stay reachable: ${message}`,
  'figures not valid': ({ because, unjudged }) =>
    `The figures are not valid: ${because.map(invaliditySaid).join('; ')}. ${count(unjudged.length, 'threshold depends', 'thresholds depend')} on them and ${unjudged.length === 1 ? 'was' : 'were'} not judged: ${someOf(unjudged.map(({ metric, expression }) => `${metric} ${expression}`))}. ${advice(because)}`,
  'invariant violated': ({ invariant, violations, checked }) =>
    `Invariant "${invariant}" is violated in ${violations} of ${checked} cases.`,
  'threshold missed': ({ metric, expression, value }) =>
    `Threshold ${metric} ${expression} failed: ${measured(value)}.`,
  'missed under faults': ({ metric, expression, value, faults }) =>
    `Threshold ${metric} ${expression} failed: ${measured(value)}. The run met faults of the plan: ${faults.join(', ')}.`,
  'script threw': ({ message, count: times, where }) =>
    `The script threw: ${message} (${times}x${where === null ? '' : `, ${where}`})`,
  'ended early': ({ why }) => `The run was ended: ${why}`,
  'marked failed': ({ why }) => `The script marked the run as failed: ${why}`,
  'engine failed': ({ code }) => `The engine ended with code ${code}`,
  'k6 killed': ({ signal, last }) => `k6 was ended by ${signal}: ${last}`,
  'k6 failed': ({ code, last }) => `k6 ended with code ${code}: ${last}`,
  'k6 without summary': ({ code, last }) =>
    `k6 ended with code ${code} and wrote no summary: ${last}`,
  'nothing judged': () => 'The script has no thresholds and leaves no history: nothing was judged.',
  'no request': () => 'No request was made.',
  interrupted: () => 'It was interrupted before its end.',
  'no fault met': () => 'No fault was met: give the endpoint a plan that has some.',
  'no contacts': ({ diallable }) =>
    `No dial request becomes a contact: the endpoint dials only ${diallable.join(', ')} (diallableTypes), and dial requests have telephone numbers.`,
  'codes missing': ({ codes }) => `No contact of the corpus gets ${codes.join(', ')}.`,
  'burst not sent': ({ cap }) =>
    `The burst was not sent, because the endpoint gets at most ${cap} requests a second: raise the limit with --raise-cap.`,
  'segment missing': ({ segment }) => `Segment ${segment} of the run is missing.`,
  'segment doubled': ({ segment, by }) =>
    `Segment ${segment} of the run is doubled: ${by.join(', ')}.`,
  'segment cut short': ({ segment, why }) => `Segment ${segment} was cut short: ${why}.`,
  'thresholds missed': ({ missed, of }) => `${ofAll(missed, of, 'threshold')} not met`,
  'invariants violated': ({ violated, of }) => `${ofAll(violated, of, 'invariant')} violated`,
  unsaid: ({ verdict }) => (verdict === 'fail' ? 'fails' : `was ${verdict}`),
  search: searchSaid,
  ...oldText,
});

function intervalSaid(interval: Interval | null, what: string): string {
  if (interval === null) return `no ${what} that was tried`;
  const [from, to] = [interval.from, interval.to].map((end) =>
    end === null ? null : Number(end.toFixed(2)),
  );
  if (from === null) return to === null ? `any ${what}` : `a ${what} of at most ${to}`;
  if (to === null) return `a ${what} of at least ${from}`;
  return from === to ? `a ${what} of ${from}` : `a ${what} of ${from} to ${to}`;
}

/** How to get figures that are valid. */
function advice(because: readonly Invalidity[]): string {
  const dropped = because.some(({ kind }) => kind === 'dropped');
  const overloaded = because.some(({ kind }) => kind !== 'dropped');
  return `Run it again ${[
    ...(dropped ? ['with more virtual users (--vus, or maxVUs in a script of your own)'] : []),
    ...(overloaded ? ['while nothing else uses this machine', 'with more --workers'] : []),
    overloaded ? 'with less load' : 'with a lower rate',
  ].join(', or ')}.`;
}

/** `n` of `total`, or all of them. */
export function ofAll(n: number, total: number, noun: string): string {
  return n === total ? count(n, noun) : `${n} of ${count(total, noun)}`;
}

/** Why a rate did not hold: a clause without an end. */
export const rateTroubleSaid = saying<RateTrouble>({
  'objective missed': ({ metric, expression, value }) =>
    `${metric} ${expression} was missed with ${figure(value ?? 0)}`,
  'users busy': ({ batches }) =>
    `${count(batches, 'batch', 'batches')} found every virtual user waiting for an answer`,
  'generator was the limit': ({ because }) =>
    `the load generator was the limit: ${because.map(invaliditySaid).join('; ')}`,
  failed: ({ because, verdict }) => (because === null ? verdict : loadReasonSaid(because)),
});

function searchSaid({ end, held, broke, why, seconds, peak }: SearchEnd): string {
  const most =
    held === null
      ? 'No rate was found that holds the objective'
      : `The highest rate that held the objective, for ${count(seconds, 'second')}, is ${held} batches a second`;
  const above = broke === null || why === null ? '' : `; ${broke} did not: ${rateTroubleSaid(why)}`;
  if (end === 'interrupted') return `The search was interrupted. ${most} so far${above}`;
  if (end === 'wrong') return `The search ended at answers that no rate excuses. ${most}${above}`;
  if (above !== '') return `${most}${above}`;
  return held === null ? `${most}.` : `${most}, and no more than ${peak} was to be tried.`;
}

const NOTES = {
  'pushes refused': ({ output, refused, of, why }: Extract<Note, { kind: 'pushes refused' }>) =>
    `${output} did not take ${refused} of ${of} pushes: ${why}.`,
  'one account': () =>
    'Not exercised: whether accounts share a rate bucket, because no key of another account is known.',
  'endpoint untold': ({ message }: Extract<Note, { kind: 'endpoint untold' }>) => message,
  warning: ({ message }: Extract<Note, { kind: 'warning' }>) => message,
};

export const noteSaid = saying<Note>(NOTES);

export const findingSaid = saying<Finding>({
  quota: ({ ratePerSecond, burst }) =>
    `The endpoint had a quota of ${ratePerSecond} requests a second and a burst of ${burst}.`,
  'quota measured': ({ burst, rate }) =>
    `The answers fit ${intervalSaid(burst, 'burst')} at this rate, and ${intervalSaid(rate, 'rate')} with this burst.`,
  throttled: ({ refused, of }) => `${refused} of ${of} requests were refused with status 429.`,
  unanswered: ({ unanswered, of }) => `${unanswered} of ${of} requests got no answer.`,
  amplification: ({ requests, batches, sends }) =>
    `${count(requests, 'request')} for ${count(batches, 'batch', 'batches')}${
      sends === 1 ? '' : ', each asked for once more when it was known'
    }: an amplification of ${(requests / batches / sends).toFixed(2)}.`,
  'latency drift': ({ firstMs, lastMs }) =>
    `The median response time was ${firstMs.toFixed(2)} ms in the first third and ${lastMs.toFixed(2)} ms in the last.`,
  'threshold open': ({ metric, expression, value }) =>
    `Not judged, for the run was interrupted: ${metric} ${expression} (${measured(value)}).`,
  'no history': ({ requests }) =>
    `The script left no history, so its ${count(requests, 'request was', 'requests were')} not audited.`,
  printed: ({ file }) => `What it printed is in ${file}.`,
  'endpoint busy': ({ share: busy, mayBeLimit }) =>
    `The emulator ${mayBeLimit ? 'may have been' : 'was not'} the limit: its event loop was busy ${Math.round(busy * 100)} % of the time.`,
  'faults met': ({ counts }) => faultsSaid(counts) ?? 'No fault of the plan was met.',
  road: ({ accepted, contacts, dialled }) =>
    `${accepted} dial requests were accepted${contacts === null ? '' : `, ${contacts} contacts were made of them`}${dialled === null ? '' : `, and ${dialled} were dialled`}.`,
  divided: ({ instances }) => `The run was divided among ${instances} instances.`,
  segment: ({ segment, note }) => `Segment ${segment}: ${noteSaid(note)}`,
  ramp: ({ rate, metric, expression }) =>
    metric === null || expression === null
      ? `The ramp reached ${rate} batches a second with the objective kept.`
      : `The ramp crossed ${metric} ${expression} at about ${rate} batches a second.`,
  step: ({ rate, why }) =>
    `${rate} batches a second: ${why === null ? 'held' : rateTroubleSaid(why)}`,
  search: searchSaid,
  ...NOTES,
  ...oldText,
});

/** Null where no fault was met. */
export function faultsSaid(counts: Readonly<Record<string, number>>): string | null {
  const met = Object.entries(counts).filter(([, requests]) => requests > 0);
  if (met.length === 0) return null;
  return `Faults met: ${met.map(([name, requests]) => `${name} ${requests}`).join(', ')}.`;
}
