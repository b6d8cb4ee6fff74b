/** The scripts that the command runs, each in a process of its own: k6's exit code and that of the command. */

import type { Idiom } from './idiom.ts';
import { GET, given } from './runs.ts';

export interface ByCommand extends Idiom {
  /** Further arguments of the command. */
  readonly args?: readonly string[];
  /** The command's exit code; `exit` is k6's. */
  readonly ends: number;
}

const KEPT = "thresholds: { http_reqs: ['count>0'] }";
const BAD_CHECK = "check(http.get(B + '/a'), { ok: () => false });";
const SUB = (expression: string) =>
  `iterations: 1, thresholds: { http_reqs: ['count==1'], 'http_req_duration{status:500}': ['${expression}'] }`;
/** The options of scripts that are refused before a request. */
const NO_SUCH = "scenarios: { s: { executor: 'no-such' } }";

const one = (idiom: Idiom, ends: number, args: readonly string[] = []): ByCommand => ({
  ...idiom,
  ends,
  args,
});

export const BY_COMMAND: readonly ByCommand[] = [
  one(given('a threshold that is kept', `iterations: 2, ${KEPT}`, 'GET /a*2', 'ok 2/2'), 0),
  one(
    given('nothing that is judged', 'iterations: 1', 'GET /a', 'ok 1/1', {
      says: 'nothing was judged',
    }),
    1,
  ),
  one(given('flags', KEPT, 'GET /a*3', 'ok 3/3'), 0, ['--iterations', '3', '--vus', '2']),
  one(
    given('a variable', `iterations: 1, ${KEPT}`, 'GET /own', 'ok 1/1', {
      run: 'check(http.get(B + __ENV.P), { ok: (r) => r.status === 200 });',
    }),
    0,
    ['-e', 'P=/own'],
  ),
  one(
    given('a failed check that no threshold judges', `iterations: 1, ${KEPT}`, 'GET /a', 'ok 0/1', {
      run: BAD_CHECK,
    }),
    0,
  ),
  one(
    given(
      'a threshold that is missed',
      "iterations: 1, thresholds: { checks: ['rate==1'] }",
      'GET /a',
      'ok 0/1',
      { run: BAD_CHECK, exit: 99 },
    ),
    1,
  ),
  one(
    given('a sub-metric without samples', SUB('max>=0'), 'GET /a', 'ok 1/1', {
      says: 'http_req_duration{status:500} no sample',
    }),
    0,
  ),
  one(
    given('a threshold without samples', SUB('max<9'), 'GET /a', 'ok 1/1', {
      exit: 99,
      says: 'http_req_duration{status:500} max<9 no sample',
    }),
    1,
  ),
  one(
    given('an exception', `iterations: 1, ${KEPT}`, 'GET /a', '', {
      run: `${GET} throw new Error('odd');`,
      exit: 107,
      says: 'odd',
    }),
    1,
  ),
  one(
    given('exec.test.abort', `iterations: 5, ${KEPT}`, 'GET /a', '', {
      run: `${GET} exec.test.abort('enough');`,
      exit: 108,
      says: 'enough',
    }),
    1,
  ),
  one(
    given('exec.test.fail', `iterations: 1, ${KEPT}`, 'GET /a', '', {
      run: `${GET} exec.test.fail('marked');`,
      exit: 110,
      says: 'marked',
    }),
    1,
  ),
  one(
    given('a setup that takes too long', "iterations: 1, setupTimeout: '20ms'", '', '', {
      top: 'export function setup() { sleep(9); }',
      exit: 100,
      says: 'timed out',
    }),
    1,
  ),
  one(
    given('an unknown executor', NO_SUCH, '', '', {
      exit: 104,
      says: 'executor of scenario "s" is "no-such"',
    }),
    2,
  ),
  one(
    given('an unknown option', 'iteratons: 2', '', '', {
      exit: 104,
      says: 'iteratons of options is not supported',
    }),
    2,
  ),
  one(
    given('a syntax error', '', '', '', {
      script: 'export default function () { const = 1; }',
      exit: 107,
      says: 'script.js:1:36',
    }),
    2,
  ),
  one(
    given('a comparator that blocks', '', '', '', {
      run: "[2, 1].sort(() => http.get(B + '/a').status);",
      exit: 107,
      says: 'is handed on',
    }),
    2,
  ),
  one(
    given('a remote import', '', '', '', {
      script: "import { x } from 'https://jslib.k6.io/x.js';\nexport default () => x;",
      exit: 107,
      says: 'would be fetched at run time',
    }),
    2,
  ),
  one(
    given('CommonJS, and a vendored module by --import-map', '', 'GET /a', '', {
      script:
        "const { at } = require('https://jslib.k6.io/own/index.js');\nconst http = require('k6/http');\nexports.options = { thresholds: { http_reqs: ['count==1'] } };\nexports.default = () => { http.get(at('/a')); };",
      files: {
        'map.json': '{"imports":{"https://jslib.k6.io/":"./vendor/"}}',
        'vendor/own/index.js': 'export const at = (p) => __ENV.B + p;',
      },
    }),
    0,
    ['--import-map', 'map.json'],
  ),
  one(
    given('vus alone', `vus: 2, ${KEPT}`, 'GET /a', 'ok 1/1', {
      says: 'options has vus without iterations',
    }),
    0,
  ),
  one(given('two workers', `vus: 2, iterations: 4, ${KEPT}`, 'GET /a*4', 'ok 4/4'), 0, [
    '--workers',
    '2',
  ]),
];
