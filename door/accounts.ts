/** The accounts of one endpoint: a call goes to the one whose access key it is signed with. */

import type { AccessKey } from '../emulator/identity/keys.ts';
import type { Handle } from '../emulator/watch/observed.ts';
import { UserError } from '../system/errors.ts';
import { accessKeyIdOf } from './access-key.ts';
import { type AccountSettings, type OpenAccount, openAccount } from './account.ts';

export interface Accounts {
  readonly all: readonly OpenAccount[];
  /** @throws UserError where one of the keys is another account's. */
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
      // A key that nobody has is refused by the first account.
      const account = (id === null ? undefined : byKey.get(id)) ?? all[0];
      if (!account) throw new Error('the endpoint serves no account yet');
      return account.handle(request);
    },
  };
}
