/** The accounts of one endpoint. The access key of a call's signature selects its account. */

import type { AccessKey } from '../emulator/identity/keys.ts';
import type { Handle } from '../emulator/watch/observed.ts';
import { UserError } from '../system/errors.ts';
import { accessKeyIdOf } from './access-key.ts';
import { type AccountSettings, type OpenAccount, openAccount } from './account.ts';

export interface Accounts {
  readonly all: readonly OpenAccount[];
  /** @throws UserError if one of the keys belongs to another account. */
  open(settings: Omit<AccountSettings, 'claim'>): OpenAccount;
  readonly handle: Handle;
}

export function createAccounts(): Accounts {
  const all: OpenAccount[] = [];
  const byKey = new Map<string, OpenAccount>();

  const claim = (keys: readonly AccessKey[], account: OpenAccount) => {
    const taken = keys.find(({ accessKeyId }) => byKey.has(accessKeyId));
    if (taken) {
      throw new UserError(
        `the access key ${taken.accessKeyId} is another account's: give it another id`,
      );
    }
    for (const { accessKeyId } of keys) byKey.set(accessKeyId, account);
  };

  return {
    all,
    open(settings) {
      const account: OpenAccount = openAccount({
        ...settings,
        claim: (keys) => claim(keys, account),
      });
      claim(settings.options.keys, account);
      all.push(account);
      return account;
    },
    async handle(request) {
      const id = accessKeyIdOf(request);
      // An unknown key leads to the first account, which refuses it.
      const account = (id === null ? undefined : byKey.get(id)) ?? all[0];
      if (!account) throw new Error('the endpoint serves no account yet');
      return account.handle(request);
    },
  };
}
