/** The script that writes the extracts and the tables, and the files that it wrote. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractOf } from '../../models/extract.ts';
import type { Extract, ServiceModel } from '../../models/model.ts';
import { SERVICES } from '../../models/services.ts';
import { tablesOf } from '../../models/tables.ts';
import { NODE_ARGS, PACKAGE_ROOT } from '../../system/package.ts';
import { readExtract } from '../operation/extracts.ts';
import { tempDir } from '../support/temp-dir.ts';

const SOURCE = {
  package: 'botocore',
  version: '9.9.9',
  file: 'm.json',
  licence: 'Apache-2.0',
} as const;

const PUBLISHED: ServiceModel = {
  metadata: { protocol: 'rest-json', endpointPrefix: 'e', apiVersion: '1', uid: 'left out' },
  operations: {
    Get: {
      name: 'Get',
      http: { method: 'GET', requestUri: '/{id}' },
      input: { shape: 'In' },
      errors: [{ shape: 'Bad' }],
      documentation: 'prose',
    },
    Other: { name: 'Other', http: { method: 'GET', requestUri: '/' }, input: { shape: 'Else' } },
  },
  shapes: {
    In: {
      type: 'structure',
      required: ['id'],
      members: {
        id: { shape: 'Id', location: 'uri', locationName: 'id', documentation: 'prose' },
        when: { shape: 'When' },
      },
    },
    Id: { type: 'string', max: 9, documentation: 'prose' },
    When: { type: 'timestamp' },
    Bad: {
      type: 'structure',
      members: { Message: { shape: 'Id' } },
      error: { httpStatusCode: 418 },
      exception: true,
    },
    Else: { type: 'structure', members: {} },
  },
};

const extract = (model = PUBLISHED, names = ['Get']) => extractOf(model, SOURCE, names);
const changed = (shapes: object): ServiceModel => ({
  ...PUBLISHED,
  shapes: { ...PUBLISHED.shapes, ...shapes } as ServiceModel['shapes'],
});

describe('an extract', () => {
  it('has the operations, with every shape that they reach, and no prose', () => {
    const { operations, shapes, metadata } = extract();
    expect(Object.keys(operations)).toEqual(['Get']);
    expect(Object.keys(shapes)).toEqual(['Bad', 'Id', 'In', 'When']);
    expect(metadata).toEqual({ protocol: 'rest-json', endpointPrefix: 'e', apiVersion: '1' });
    expect(JSON.stringify({ operations, shapes })).not.toContain('prose');
  });

  it.each<[string, ServiceModel, string]>([
    ['a trait of a shape', changed({ Id: { type: 'string', hue: 'red' } }), 'm.json: Id has hue'],
    [
      'a trait of a member',
      changed({ In: { type: 'structure', members: { id: { shape: 'Id', hue: 1 } } } }),
      'm.json: In has hue',
    ],
    ['no such shape', changed({ Id: undefined }), 'm.json has no shape Id'],
  ])('refuses what it does not know: %s', (_, model, sentence) => {
    expect(() => extract(model)).toThrow(sentence);
  });

  it('refuses an operation that the model lacks', () => {
    expect(() => extract(PUBLISHED, ['Gone'])).toThrow('m.json has no operation Gone');
  });
});

describe('the tables', () => {
  it('have bounds, places, formats and statuses', () => {
    const tables = tablesOf(extract(), 'service');
    expect(tables['shapes.ts']).toContain(
      "const ID: TextShape = { kind: 'string', limit: bound({ max: 9 }) }",
    );
    expect(tables['shapes.ts']).toContain("path: ['id']");
    expect(tables['shapes.ts']).toContain("format: 'epoch-seconds'");
    expect(tables['types.ts']).toContain('readonly id: string;');
    expect(tables['types.ts']).toContain('readonly when?: number;');
    expect(tables['operations.ts']).toContain('Bad: 418');
    expect(tables['operations.ts']).toContain("errorText: 'Message'");
  });

  it('keep the traits of a member', () => {
    const members = { id: { shape: 'Id', idempotencyToken: true } };
    const { 'shapes.ts': shapes } = tablesOf(
      extract(changed({ In: { type: 'structure', members } })),
      's',
    );
    expect(shapes).toContain("id: { ...ID, traits: ['idempotencyToken'] }");
  });

  it.each<[string, object, string]>([
    [
      'a shape within itself',
      { In: { type: 'structure', members: { a: { shape: 'In' } } } },
      'In contains itself',
    ],
    ['a type', { When: { type: 'blob' } }, 'When is a blob'],
    [
      'a format',
      { When: { type: 'timestamp', timestampFormat: 'rfc822' } },
      'When has the format rfc822',
    ],
    [
      'another name on the wire',
      { In: { type: 'structure', members: { a: { shape: 'Id', locationName: 'b' } } } },
      'In.a is bound in a way',
    ],
  ])('refuse what they cannot say: %s', (_, shapes, sentence) => {
    expect(() => tablesOf(extract(changed(shapes)), 'service')).toThrow(sentence);
  });
});

describe.each(SERVICES)('the committed files of $name', ({ name, folder, operations }) => {
  const committed: Extract = readExtract(name);

  it('say where they are from, and have no prose', () => {
    expect(committed.source).toEqual({
      package: 'botocore',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      file: `botocore/data/${folder}/service-2.json`,
      licence: 'Apache-2.0',
    });
    expect(extractOf(committed, committed.source, operations)).toEqual(committed);
    expect(JSON.stringify(committed)).not.toMatch(/documentation|<p>/);
  });
});

it.each(SERVICES.filter(({ tables }) => tables))(
  '$name has the tables that the script writes',
  ({ name }) => {
    // A formatter changes line breaks, and the marks at the ends of lines.
    const parts = (text: string) => text.replace(/[\s,;|]+/g, '').split('export');
    for (const [file, text] of Object.entries(tablesOf(readExtract(name), name))) {
      const path = join(PACKAGE_ROOT, 'operation', name, 'model', file);
      expect(parts(readFileSync(path, 'utf8'))).toEqual(parts(text));
    }
  },
);

it('the script refuses a folder without botocore in one sentence', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [...NODE_ARGS, join(PACKAGE_ROOT, 'models', 'main.ts'), tempDir()],
    { encoding: 'utf8' },
  );
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/ has no folder botocore with an __init__\.py$/),
  ]);
  expect(status).toBe(2);
});
