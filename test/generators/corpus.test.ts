import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { batchSource } from '../../generators/batch.ts';
import {
  choiceUnlike,
  readManifest,
  readPredictions,
  writeCorpus,
} from '../../generators/corpus.ts';
import { letterOf } from '../../operation/connect/batch-put-contact/decide.ts';
import { choose } from '../../operation/connect/choices.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { tempDir } from '../support/temp-dir.ts';

const root = tempDir();
const options = { seed: 3, batches: 6, contactsPerBatch: 5, mix: { INVALID_QUEUE: 0.3 } } as const;

describe('a corpus', () => {
  it('comes back as it was generated', async () => {
    const dir = join(root, 'whole');
    const written = await writeCorpus(dir, { ...options, ndjson: true });
    const manifest = await readManifest(dir);
    expect(manifest).toEqual(written);
    const source = batchSource(options);
    const predicted = [0, 1, 2, 3, 4, 5].map((i) =>
      source.batch(i).predicted.map(letterOf).join(''),
    );
    const { lettersOf } = await readPredictions(dir, manifest);
    expect([0, 1, 2, 3, 4, 5].map(lettersOf)).toEqual(predicted);
    expect(lettersOf(6)).toBeUndefined();
    const lines = readFileSync(join(dir, 'contacts.ndjson'), 'utf8').trim().split('\n');
    expect(lines).toHaveLength(30);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      contact: source.batch(0).ContactDataRequestList[0],
      predicted: source.batch(0).predicted[0],
    });
  });

  it('predicts by the choices of the service, and tells which they were', async () => {
    const choices = choose({ diallableTypes: ['EMAIL_ADDRESS'] });
    const facts = ordinaryFacts({ choices });
    const written = await writeCorpus(join(root, 'choices'), { ...options, facts });
    expect(written.predicted).toEqual({ INVALID_CUSTOMER_ENDPOINT: 30 });
    const manifest = await readManifest(join(root, 'choices'));
    expect(choiceUnlike(manifest, choices)).toBeNull();
    const unlike = { name: 'diallableTypes', followed: 'EMAIL_ADDRESS' };
    expect(choiceUnlike(manifest, choose())).toMatchObject(unlike);
    // The results of items do not depend on it.
    expect(choiceUnlike(manifest, { ...choices, clockSkewSeconds: 60 })).toBeNull();
    // An older corpus does not tell, and follows the defaults.
    const { choices: _, ...older } = manifest;
    expect(choiceUnlike(older, choose())).toBeNull();
    expect(choiceUnlike(older, choices)).not.toBeNull();
  });

  it('keeps no lines of a corpus that it replaces', async () => {
    const dir = join(root, 'replaced');
    await writeCorpus(dir, { ...options, ndjson: true });
    await writeCorpus(dir, { ...options, seed: 4 });
    expect(existsSync(join(dir, 'contacts.ndjson'))).toBe(false);
  });

  it('leaves nothing of itself behind when it is interrupted', async () => {
    const dir = join(root, 'interrupted');
    const abort = new AbortController();
    const onProgress = (done: number) => {
      if (done === 3) abort.abort();
    };
    const writing = writeCorpus(dir, {
      ...options,
      ndjson: true,
      signal: abort.signal,
      onProgress,
    });
    await expect(writing).rejects.toThrow('aborted');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('is the same, byte for byte, for the same seed', async () => {
    const one = await writeCorpus(join(root, 'one'), options);
    const two = await writeCorpus(join(root, 'two'), options);
    const other = await writeCorpus(join(root, 'other'), { ...options, seed: 4 });
    expect(two.sha256).toBe(one.sha256);
    expect(other.sha256).not.toBe(one.sha256);
  });

  it.each([
    ['no manifest', () => {}, 'there is no manifest.json'],
    [
      'a manifest that is not JSON',
      (dir: string) => writeFileSync(join(dir, 'manifest.json'), '{'),
      'manifest.json cannot be read as JSON',
    ],
    [
      'a manifest that is no object',
      (dir: string) => writeFileSync(join(dir, 'manifest.json'), 'null'),
      'in manifest.json the file must be an object, not null',
    ],
    [
      'a manifest of another format',
      (dir: string) => writeFileSync(join(dir, 'manifest.json'), '{"format":"dialproof-corpus/9"}'),
      'its format is "dialproof-corpus/9", this version reads "dialproof-corpus/1"',
    ],
    [
      'a manifest that is not whole',
      (dir: string) => writeFileSync(join(dir, 'manifest.json'), '{"format":"dialproof-corpus/1"}'),
      'in manifest.json seed must be a number, not missing',
    ],
    [
      'a file cut short',
      (dir: string) => truncateSync(join(dir, 'batches.bin'), 100),
      'batches.bin has 100 bytes',
    ],
    [
      'a changed byte',
      (dir: string) => {
        const bytes = readFileSync(join(dir, 'batches.bin'));
        bytes[200] = (bytes[200] ?? 0) ^ 1;
        writeFileSync(join(dir, 'batches.bin'), bytes);
      },
      'SHA-256 differs',
    ],
  ])('is refused with %s', async (name, harm, sentence) => {
    const dir = join(root, name);
    if (name !== 'no manifest') await writeCorpus(dir, options);
    harm(dir);
    await expect(readManifest(dir)).rejects.toThrow(sentence);
  });
});
