/**
 * docs/engine.md: each member of k6 that @types/k6 declares, as the real engine has it.
 *
 * Nothing is supported because it is there: it is so because it was used, and did what it is for.
 */

import { MODULES } from '../../../../load/engine/modules/table.ts';
import { notSupported } from '../../../../load/engine/read/refusal.ts';
import { declared } from './declared.ts';
import { DIFFERENCES } from './differences.ts';
import { proveMembers } from './member-proofs.ts';
import {
  type Found,
  importMetaRefusal,
  importRefusal,
  lookUp,
  optionIsRead,
  paramIsRead,
  scenarioFieldIsRead,
} from './probe.ts';
import { proveOption, proveScenarioMember, type Servers } from './run-proofs.ts';

export interface Row {
  /** Module, `options`, `global`, ...: together with the member it names the row. */
  readonly group: string;
  readonly member: string;
  /**
   * `absent`: not there, and nothing says so. `unproven`: there, but nothing shows that it does what it is
   * for. The engine must have none of both.
   */
  readonly status: 'supported' | 'different' | 'refused' | 'absent' | 'unproven';
  /** How it differs, or what was found instead of a proof. */
  readonly remark: string;
}

/** Objects that a script holds, the interface or class that declares them, and how the probe has them. */
const OBJECTS = [
  { group: 'execution.vu', module: 'k6/execution', of: 'vu', by: 'execution.vu' },
  { group: 'execution.scenario', module: 'k6/execution', of: 'scenario', by: 'execution.scenario' },
  { group: 'execution.instance', module: 'k6/execution', of: 'instance', by: 'execution.instance' },
  { group: 'execution.test', module: 'k6/execution', of: 'test', by: 'execution.test' },
  { group: 'Response', module: 'k6/http', of: 'Response', by: 'response' },
  { group: 'Hasher', module: 'k6/crypto', of: 'Hasher', by: 'hasher' },
  { group: 'Counter', module: 'k6/metrics', of: 'Counter', by: 'counter' },
  { group: 'Gauge', module: 'k6/metrics', of: 'Gauge', by: 'gauge' },
  { group: 'Rate', module: 'k6/metrics', of: 'Rate', by: 'rate' },
  { group: 'Trend', module: 'k6/metrics', of: 'Trend', by: 'trend' },
  { group: 'File', module: 'k6/experimental/fs', of: 'File', by: 'file' },
] as const;

/** The interface of each executor's scenario, and the least that makes one valid. */
const SCENARIOS = {
  'shared-iterations': ['SharedIterationsScenario', {}],
  'per-vu-iterations': ['PerVUIterationsScenario', {}],
  'constant-vus': ['ConstantVUsScenario', { duration: '1s' }],
  'ramping-vus': ['RampingVUsScenario', { stages: [{ duration: '1s', target: 1 }] }],
  'constant-arrival-rate': [
    'ConstantArrivalRateScenario',
    { duration: '1s', rate: 1, preAllocatedVUs: 1 },
  ],
  'ramping-arrival-rate': [
    'RampingArrivalRateScenario',
    { stages: [{ duration: '1s', target: 1 }], preAllocatedVUs: 1 },
  ],
} as const;

/** @param servers that scripts can send to. */
export async function engineTable(servers: Servers): Promise<readonly Row[]> {
  const { url } = servers;
  const proven = await proveMembers(servers);
  const shown = (group: string, member: string) =>
    proven.get(`${group} ${member}`) ?? 'nothing proves it';
  const { modules, globals } = declared();
  const moduleNamed = (name: string) => {
    const one = modules.find((module) => module.name === name);
    if (!one) throw new Error(`@types/k6 has no ${name} any more`);
    return one;
  };
  const ours = modules.filter(({ name }) => Object.hasOwn(MODULES, name));
  const theirs = modules.filter(({ name }) => !Object.hasOwn(MODULES, name));
  const named = (module: string) => `m${ours.findIndex(({ name }) => name === module)}`;
  const objects = OBJECTS.flatMap(({ group, module, of, by }) =>
    moduleNamed(module)
      .members(of)
      .map((member) => ({
        group,
        member,
        text: `${by.replace('execution', named('k6/execution'))}.${member}`,
      })),
  );
  // What cannot be imported is looked up on the default export: both ways to it must tell the same.
  const exported = await Promise.all(
    ours.flatMap(({ name, values }) =>
      values.map(async (member) => {
        const importable = (await importRefusal(name, member)) === null;
        const from = importable ? named(name) : `${named(name)}.default`;
        return { group: name, member, text: `${from}.${member}` };
      }),
    ),
  );
  const globalNames = globals.filter((name) => !name.startsWith('import.meta'));
  const found = await lookUp(
    ours.map(({ name }) => name),
    [...[...exported, ...objects].map(({ text }) => text), ...globalNames],
    `${url}/echo`,
  );
  const at = (text: string): Found => found.get(text) ?? 'undefined';

  const rows = [...exported, ...objects].map(({ group, member, text }) =>
    row(group, member, at(text), shown(group, member)),
  );
  for (const member of globals) {
    const found = member.startsWith('import.meta') ? await importMetaRefusal(member) : at(member);
    rows.push(row('global', member, found, shown('global', member)));
  }
  const options = moduleNamed('k6/options');
  const read = (group: string, member: string, isRead: boolean, proof: Proof) =>
    row(group, member, isRead ? 'read' : notSupported(member), proof);
  const runs = [
    ...options.members('Options').map((name) => async () => {
      const isRead = optionIsRead(name);
      return read('options', name, isRead, isRead ? await proveOption(name, servers) : '');
    }),
    ...Object.entries(SCENARIOS).flatMap(([executor, [of, least]]) =>
      options.members(of).map((name) => async () => {
        const isRead = scenarioFieldIsRead({ executor, ...least }, name);
        const proof = isRead ? await proveScenarioMember(executor, name, servers) : '';
        return read(executor, name, isRead, proof);
      }),
    ),
  ];
  rows.push(...(await fewAtATime(runs)));
  for (const name of moduleNamed('k6/http').members('Params')) {
    rows.push(
      read('request parameters', name, paramIsRead(name), shown('request parameters', name)),
    );
  }
  for (const { name } of theirs.filter((one) => one.name !== 'k6/options')) {
    rows.push(row(name, '(all of it)', (await importRefusal(name, null)) ?? 'read', ''));
  }
  return rows;
}

/** Side by side, for most of them wait; but not so many that one keeps another from being in time. */
async function fewAtATime<T>(tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async () => {
    for (let i = next++; i < tasks.length; i = next++) {
      results[i] = await (tasks[i] as () => Promise<T>)();
    }
  };
  await Promise.all(Array.from({ length: 6 }, work));
  return results;
}

type Proof = true | string;

/**
 * @param found a type that `typeof` gives, `read`, or what was said instead.
 * @param proof true where the member was used, and did what it is for.
 */
function row(group: string, member: string, found: Found, proof: Proof): Row {
  if (found === 'undefined') return { group, member, status: 'absent', remark: '' };
  if (found.includes(NOT_SUPPORTED)) return { group, member, status: 'refused', remark: '' };
  if (!KINDS.includes(found)) throw new Error(`${group} ${member}: ${found}`);
  if (proof !== true) return { group, member, status: 'unproven', remark: proof };
  const remark = DIFFERENCES[`${group} ${member}`];
  return remark === undefined
    ? { group, member, status: 'supported', remark: '' }
    : { group, member, status: 'different', remark };
}

const KINDS = ['function', 'object', 'number', 'string', 'boolean', 'read'];
const NOT_SUPPORTED = notSupported('');
