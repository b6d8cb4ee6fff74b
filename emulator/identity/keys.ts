/** The callers: access keys, the principal of each, and whether it is outbound campaigns. */

/** One access key that the emulator knows. All default keys are invented. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** A key with a session token is refused without that token, and one without it with any. */
  readonly sessionToken?: string;
  /** Epoch milliseconds from which the session token counts as expired; absent never expires. */
  readonly expiresAt?: number;
  /** ARN named in AccessDeniedException. */
  readonly principalArn: string;
  /** The account of the caller. Absent: the account of the endpoint. */
  readonly account?: string;
  /** Whether this is outbound campaigns, which alone may call BatchPutContact. */
  readonly servicePrincipal: boolean;
  /** Whether the policies of the caller allow nothing. Default false. Other policies are not emulated. */
  readonly denied?: boolean;
}

const ROLE = 'AWSServiceRoleForConnectCampaigns_V6cyhwKuXSQl6Qctv2Jt';

const HOME = '123456789012';
const NEIGHBOUR = '210987654321';

/**
 * The keys with which an emulator of an account starts. Their ids and secrets are the same in every account.
 *
 * @param account twelve digits.
 */
export function ordinaryKeys(account: string): readonly AccessKey[] {
  const session = (owner: string) => `arn:aws:sts::${owner}:assumed-role/${ROLE}/dialproof`;
  const user = (name: string) => `arn:aws:iam::${account}:user/${name}`;
  const neighbour = account === NEIGHBOUR ? HOME : NEIGHBOUR;
  return [
    // The service principal, for clients that can only use a key and a secret.
    {
      accessKeyId: 'AKIDCAMPAIGNSEXAMPLE',
      secretAccessKey: 'made-up/secret/of/outbound+campaigns/EXAMPLEKEY',
      principalArn: session(account),
      servicePrincipal: true,
    },
    // The service principal in its real form: an assumed role with a session token.
    {
      accessKeyId: 'ASIACAMPAIGNSEXAMPLE',
      secretAccessKey: 'made-up/secret/of/an+assumed+role/EXAMPLEKEY',
      sessionToken: 'MadeUpSessionTokenOfOutboundCampaignsEXAMPLE==',
      principalArn: session(account),
      servicePrincipal: true,
    },
    {
      accessKeyId: 'ASIAEXPIREDSEXAMPLE1',
      secretAccessKey: 'made-up/secret/of/an+expired+session/EXAMPLEKEY',
      sessionToken: 'MadeUpSessionTokenThatHasExpiredEXAMPLE==',
      expiresAt: Date.UTC(2024, 0, 1),
      principalArn: session(account),
      servicePrincipal: true,
    },
    // An IAM user of the account. It is authenticated but refused with AccessDeniedException.
    {
      accessKeyId: 'AKIDOUTSIDERSEXAMPLE',
      secretAccessKey: 'made-up/secret/of/an+ordinary+user/EXAMPLEKEY',
      principalArn: user('outsider'),
      servicePrincipal: false,
    },
    // An IAM user without permissions. Outbound campaigns refuses it with AccessDeniedException.
    {
      accessKeyId: 'AKIDDENIEDUSEREXAMPLE',
      secretAccessKey: 'made-up/secret/of/a+user+without+rights/EXAMPLEKEY',
      principalArn: user('without-permissions'),
      servicePrincipal: false,
      denied: true,
    },
    // The service principal in another account. The instances of the endpoint are in that account too.
    {
      accessKeyId: 'AKIDNEIGHBOURSEXAMPLE',
      secretAccessKey: 'made-up/secret/of/another+account/EXAMPLEKEY',
      principalArn: session(neighbour),
      account: neighbour,
      servicePrincipal: true,
    },
  ];
}

/** The keys of the ordinary account. */
export const ORDINARY_KEYS: readonly AccessKey[] = ordinaryKeys(HOME);
