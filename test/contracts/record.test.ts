import { existsSync, readFileSync } from 'node:fs';
import type { BatchInteraction } from '../../contracts/agreement/batch-put-contact/batch.ts';
import { interactionsFor } from '../../contracts/agreement/batch-put-contact/interactions.ts';
import { TOLERANCES } from '../../contracts/agreement/batch-put-contact/tolerances.ts';
import { record, recorderFor } from '../../contracts/consumer/record.ts';
import { tolerate } from '../../contracts/consumer/tolerances.ts';
import { contractNamed } from '../../contracts/contract-list.ts';
import { writePact } from '../../contracts/contracts.ts';
import { pactFileIn } from '../../contracts/pact/pact-file.ts';
import type { ContactDataRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import { tempDir } from '../support/temp-dir.ts';

// Writing a pact takes long on a busy machine.
jest.setTimeout(120_000);

const dir = tempDir();

const [good] = interactionsFor() as [BatchInteraction];
const CONTRACT = contractNamed('BatchPutContact');

/** Records in a folder of its own; gives the error, and whether a pact was written. */
async function attempt(interaction: BatchInteraction) {
  const own = tempDir();
  const error = await record(recorderFor(CONTRACT, own), interaction).then(
    () => null,
    (thrown: unknown) => thrown as Error,
  );
  return {
    message: error?.message ?? null,
    written: existsSync(pactFileIn(own, CONTRACT.parties)),
  };
}

test('what the SDK sends otherwise is told by its place, and nothing is written', async () => {
  // The SDK drops members that it does not know.
  const odd = { ...good.request.ContactDataRequestList[0], ShoeSize: 43 } as ContactDataRequest;
  const { message, written } = await attempt({
    ...good,
    request: { ...good.request, ContactDataRequestList: [odd] },
  });
  expect(message).toContain('$.ContactDataRequestList[0]');
  expect(message).toContain('ShoeSize');
  expect(written).toBe(false);
});

test('an error that the SDK has no class for is not taken for a modelled one', async () => {
  const { message, written } = await attempt({
    ...good,
    operation: { ...good.operation, errors: { MadeUpException: 400 } },
    answer: { kind: 'error', name: 'MadeUpException', status: 400 },
  });
  expect(message).toContain('the client throws no typed MadeUpException');
  expect(written).toBe(false);
});

test('a client that did not cope fails its tolerance', async () => {
  const [unlisted] = TOLERANCES;
  if (!unlisted) throw new Error('there is no tolerance');
  const listed = { ...unlisted, answer: { status: 200, body: { FailedRequestList: [] } } };
  await expect(tolerate(recorderFor(CONTRACT, dir), listed)).rejects.toThrow('strictly deep-equal');
});

test('writing twice gives the same bytes, whatever lay there before', async () => {
  const { pactFile, results } = await writePact(CONTRACT, dir);
  const first = readFileSync(pactFile, 'utf8');
  expect(results.map(({ verdict }) => verdict)).toEqual(interactionsFor().map(() => 'pass'));
  await writePact(CONTRACT, dir);
  expect(readFileSync(pactFile, 'utf8')).toBe(first);
});
