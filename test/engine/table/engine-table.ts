/** docs/engine.md: each member of k6 that @types/k6 declares, as the real engine has it. */

import { MODULES } from '../../../load/engine/modules/table.ts';
import { notSupported } from '../../../load/engine/refusal.ts';
import { declared } from './declared.ts';
import { DIFFERENCES } from './differences.ts';
import {
  type Found,
  importMetaRefusal,
  importRefusal,
  lookUp,
  optionIsRead,
  paramIsRead,
  scenarioFieldIsRead,
} from './probe.ts';

export interface Row {
  /** Module, `options`, `global`, ...: together with the member it names the row. */
  readonly group: string;
  readonly member: string;
  /** `absent`: not there, and nothing says so. The engine must have none. */
  readonly status: 'supported' | 'different' | 'refused' | 'absent';
  /** How it differs, or what is said where it is refused. */
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

/** @param url of a server that answers with JSON. */
export async function engineTable(url: string): Promise<readonly Row[]> {
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
    url,
  );
  const at = (text: string): Found => found.get(text) ?? 'undefined';

  const rows = [...exported, ...objects].map(({ group, member, text }) =>
    row(group, member, at(text)),
  );
  for (const member of globals) {
    rows.push(
      member.startsWith('import.meta')
        ? row('global', member, await importMetaRefusal())
        : row('global', member, at(member)),
    );
  }
  const options = moduleNamed('k6/options');
  const read = (group: string, member: string, isRead: boolean) =>
    rows.push(row(group, member, isRead ? 'read' : notSupported(member)));
  for (const name of options.members('Options')) read('options', name, optionIsRead(name));
  for (const [executor, [of, least]] of Object.entries(SCENARIOS)) {
    for (const name of options.members(of)) {
      const valid = { executor, ...least };
      read(executor, name, scenarioFieldIsRead(valid, name));
    }
  }
  for (const name of moduleNamed('k6/http').members('Params')) {
    read('request parameters', name, paramIsRead(name));
  }
  for (const { name } of theirs.filter((one) => one.name !== 'k6/options')) {
    rows.push(row(name, '(all of it)', (await importRefusal(name, null)) ?? 'read'));
  }
  return rows;
}

/** @param found a type that `typeof` gives, `read`, or what was said instead. */
function row(group: string, member: string, found: Found): Row {
  if (found === 'undefined') return { group, member, status: 'absent', remark: '' };
  if (found.includes(NOT_SUPPORTED)) return { group, member, status: 'refused', remark: '' };
  if (!KINDS.includes(found)) throw new Error(`${group} ${member}: ${found}`);
  const remark = DIFFERENCES[`${group} ${member}`];
  return remark === undefined
    ? { group, member, status: 'supported', remark: '' }
    : { group, member, status: 'different', remark };
}

const KINDS = ['function', 'object', 'number', 'string', 'boolean', 'read'];
const NOT_SUPPORTED = notSupported('');
