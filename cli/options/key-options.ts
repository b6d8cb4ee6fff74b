/** Options for access keys of one's own, and for the account and the Region. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { type AccessKey, ordinaryKeys } from '../../emulator/identity/keys.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { UserError } from '../../system/errors.ts';

export interface KeyOptions {
  readonly account: string;
  readonly region: string;
  readonly accessKey?: string;
  readonly secretKey?: string;
  readonly sessionToken?: string;
}

export function addKeyOptions(command: Command): Command {
  const { account, region } = ordinaryFacts();
  return command
    .option('--account <number>', 'account of the endpoint: twelve digits', readAccount, account)
    .option('--region <name>', 'Region of the endpoint', readRegion, region)
    .option(
      '--access-key <id>',
      'access key of outbound campaigns, instead of the published ones',
      readKeyId,
    )
    .addOption(
      new Option('--secret-key <text>', 'secret of --access-key').env('DIALPROOF_SECRET_KEY'),
    )
    .addOption(
      new Option('--session-token <text>', 'session token of --access-key').env(
        'DIALPROOF_SESSION_TOKEN',
      ),
    );
}

/**
 * The keys with which the endpoint starts. A key of one's own takes the place of the service principals.
 *
 * @throws UserError for options that do not go together.
 */
export function keysOf(options: KeyOptions): readonly AccessKey[] {
  const { account, accessKey, secretKey, sessionToken } = options;
  const ordinary = ordinaryKeys(account);
  if (accessKey === undefined) {
    // The secret may be in the environment of other emulators too.
    return ordinary;
  }
  if (!secretKey) {
    throw new UserError(
      '--access-key needs --secret-key, or DIALPROOF_SECRET_KEY in the environment',
    );
  }
  const others = ordinary.filter(
    ({ servicePrincipal, expiresAt, accessKeyId }) =>
      (!servicePrincipal || expiresAt !== undefined) && accessKeyId !== accessKey,
  );
  const principalArn = ordinary[0]?.principalArn ?? '';
  const own: AccessKey = {
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    ...(sessionToken ? { sessionToken } : {}),
    principalArn,
    servicePrincipal: true,
  };
  return [own, ...others];
}

function readAccount(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError('give twelve digits.');
  return text;
}

function readRegion(text: string): string {
  if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(text)) {
    throw new InvalidArgumentError('give the name of a Region, such as eu-central-1.');
  }
  return text;
}

/** The characters and the length of AWS's model of access key ids (IAM). */
function readKeyId(text: string): string {
  if (!/^\w{16,128}$/.test(text)) {
    throw new InvalidArgumentError('give 16 to 128 letters, digits and underscores.');
  }
  return text;
}
