import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callerKeys } from '../../cli/options/caller-keys.ts';
import { credentialsAmong } from '../../emulator/emulator.ts';
import { ORDINARY_KEYS } from '../../emulator/identity/keys.ts';
import { tempDir } from '../support/temp-dir.ts';

const key = (id: string) => ({ accessKeyId: id, secretAccessKey: `secret of ${id}` });

const file = (content: unknown): string => {
  const path = join(tempDir(), 'keys.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
};

const keys = (env: NodeJS.ProcessEnv, path?: string, isLoopback = true) =>
  callerKeys({ region: 'us-east-1', file: path, isLoopback, env });

test('a variable comes before the file, and each caller has its own', async () => {
  const env = {
    DIALPROOF_PRINCIPAL_ACCESS_KEY_ID: 'P',
    DIALPROOF_PRINCIPAL_SECRET_ACCESS_KEY: 's',
    DIALPROOF_EXPIRED_ACCESS_KEY_ID: 'E',
    DIALPROOF_EXPIRED_SECRET_ACCESS_KEY: 's',
    DIALPROOF_EXPIRED_SESSION_TOKEN: 't',
  };
  const path = file({ principal: key('F'), refused: key('R') });
  expect(await keys(env, path)).toEqual({
    principal: { accessKeyId: 'P', secretAccessKey: 's' },
    outsider: { ...key('R'), sessionToken: undefined },
    denied: null,
    expired: { accessKeyId: 'E', secretAccessKey: 's', sessionToken: 't' },
  });
});

test('without any, every caller on loopback has the key that every emulator knows', async () => {
  const { principal, outsider, denied, expired } = credentialsAmong(ORDINARY_KEYS);
  expect(await keys({})).toEqual({ principal, outsider, denied, expired });
});

test.each([
  [{ DIALPROOF_REFUSED_ACCESS_KEY_ID: 'R' }, undefined, 'set both DIALPROOF_REFUSED_ACCESS_KEY_ID'],
  [{}, '/nowhere/keys.json', 'the credentials /nowhere/keys.json cannot be read'],
])('half a key, and a file that is not there, are mistakes', async (env, path, said) => {
  await expect(keys(env, path)).rejects.toThrow(said);
});

test('a member of the file that no caller has is a mistake', async () => {
  await expect(keys({}, file({ principle: key('P') }))).rejects.toThrow('principle');
});
