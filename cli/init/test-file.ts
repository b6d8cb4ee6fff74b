/** The test that `dialproof init` writes: the project's own client against the emulated endpoint. */

import type { Project, Runner } from './project.ts';

/** How a runner's test begins, and how it expects. */
interface Style {
  readonly imports: readonly (readonly [names: string, from: string])[];
  readonly extend: string;
  readonly before: string;
  readonly after: string;
  /** What `useContractMock` gets after its options. */
  readonly hooks: string;
  readonly once: string;
  readonly refused: (call: string) => string;
}

const MATCHING = {
  extend: '\nexpect.extend(matchers);\n',
  before: 'beforeAll',
  after: 'afterAll',
  once: "expect(emulator).toHaveCreatedOnce('order-1');",
  refused: (call: string) => `await expect(${call}).rejects.toThrow('INTERNAL_ERROR');`,
};

const STYLES: Readonly<Record<Runner, Style>> = {
  jest: { ...MATCHING, imports: [['{ matchers }', 'dialproof/jest']], hooks: '' },
  vitest: {
    ...MATCHING,
    imports: [
      ['{ matchers }', 'dialproof/vitest'],
      ['{ afterAll, afterEach, beforeAll, describe, expect, test }', 'vitest'],
    ],
    hooks: ', { beforeAll, afterEach, afterAll }',
  },
  node: {
    imports: [
      ['assert', 'node:assert/strict'],
      ['{ after, afterEach, before, describe, test }', 'node:test'],
    ],
    extend: '',
    before: 'before',
    after: 'after',
    hooks: ', { beforeAll: (open) => before(open), afterEach, afterAll: after }',
    once: "assert.equal(emulator.journal.contacts({ clientToken: 'order-1' }).length, 1);",
    refused: (call: string) => `await assert.rejects(${call}, /INTERNAL_ERROR/);`,
  },
};

/** The name of the test, without its folder. */
export function testName({ runner, hasTypeScript, isModule }: Project): string {
  if (runner === 'node') return 'consumer.test.mjs';
  if (hasTypeScript) return 'consumer.test.ts';
  // jest requires; vitest imports whatever the package is.
  return runner === 'jest' && isModule ? 'consumer.test.cjs' : 'consumer.test.js';
}

export function testFile(project: Project): string {
  const { runner, hasTypeScript, consumer } = project;
  const style = STYLES[runner];
  const isCommonJs = runner === 'jest' && !hasTypeScript;
  const typed = (text: string): string => (hasTypeScript ? text : '');
  const client = `{ BatchPutContactCommand, ConnectClient }`;
  const emulator = hasTypeScript ? '{ type Emulator, startEmulator }' : '{ startEmulator }';
  const imports = [
    [client, '@aws-sdk/client-connect'],
    [emulator, 'dialproof'],
    ['{ useContractMock }', 'dialproof/contracts'],
    ...style.imports,
  ]
    .map(([names, from]) =>
      isCommonJs ? `const ${names} = require('${from}');` : `import ${names} from '${from}';`,
    )
    .join('\n');
  return `/** What your code sends: against dialproof's endpoint, and against the mock that writes its pact. */

${imports}
${style.extend}
/** Stands for your own code: import that instead. */
async function dial(client${typed(': ConnectClient')}, instanceId${typed(': string')}, order${typed(': string')}, number${typed(': string')}) {
  const { FailedRequestList = [] } = await client.send(
    new BatchPutContactCommand({
      InstanceId: instanceId,
      ClientToken: order,
      ContactDataRequestList: [
        {
          CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: number },
          SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12065550100' },
          Campaign: { CampaignId: 'spring' },
        },
      ],
    }),
  );
  const [failed] = FailedRequestList;
  if (failed) throw new Error(failed.FailureReasonCode);
}

/** The endpoint runs in the process of this test. */
describe('against the endpoint', () => {
  let emulator${typed(': Emulator')};
  let client${typed(': ConnectClient')};
  ${style.before}(async () => {
    emulator = await startEmulator();
    client = new ConnectClient(emulator.clientConfig);
  });
  ${style.after}(() => emulator.close());

  test('an order is dialled once, although the first reply is lost', async () => {
    emulator.faults.next('drop-after-commit');

    await dial(client, emulator.instanceId, 'order-1', '+12025550123');

    ${style.once}
  });

  test('a contact that is not created is not taken for one', async () => {
    // Whoever has this number gets INTERNAL_ERROR.
    const dialled = dial(client, emulator.instanceId, 'order-2', '+12025550199');

    ${style.refused('dialled')}
  });
});

/** The calls of these tests become the pact of ${consumer}, in the folder pacts. A call that does not match fails. */
describe('under contract', () => {
  const mock = useContractMock({ consumer: '${consumer}' }${style.hooks});

  test('an order is a call that the contract knows', async () => {
    const client = new ConnectClient({
      endpoint: mock.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });

    await dial(client, 'an-instance-of-ours', 'order-1', '+12025550123');
  });
});
`;
}
