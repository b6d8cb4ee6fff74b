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
const SESSION_ARN = `arn:aws:sts::123456789012:assumed-role/${ROLE}/dialproof`;

/** The service principal, for clients that can only use a key and a secret. */
const STATIC_PRINCIPAL: AccessKey = {
  accessKeyId: 'AKIDCAMPAIGNSEXAMPLE',
  secretAccessKey: 'made-up/secret/of/outbound+campaigns/EXAMPLEKEY',
  principalArn: SESSION_ARN,
  servicePrincipal: true,
};

/** The service principal in its real form: an assumed role with a session token. */
const SESSION_PRINCIPAL: AccessKey = {
  accessKeyId: 'ASIACAMPAIGNSEXAMPLE',
  secretAccessKey: 'made-up/secret/of/an+assumed+role/EXAMPLEKEY',
  sessionToken: 'MadeUpSessionTokenOfOutboundCampaignsEXAMPLE==',
  principalArn: SESSION_ARN,
  servicePrincipal: true,
};

const EXPIRED_SESSION: AccessKey = {
  accessKeyId: 'ASIAEXPIREDSEXAMPLE1',
  secretAccessKey: 'made-up/secret/of/an+expired+session/EXAMPLEKEY',
  sessionToken: 'MadeUpSessionTokenThatHasExpiredEXAMPLE==',
  expiresAt: Date.UTC(2024, 0, 1),
  principalArn: SESSION_ARN,
  servicePrincipal: true,
};

/** An IAM user of the account. It is authenticated but refused with AccessDeniedException. */
const OUTSIDER: AccessKey = {
  accessKeyId: 'AKIDOUTSIDERSEXAMPLE',
  secretAccessKey: 'made-up/secret/of/an+ordinary+user/EXAMPLEKEY',
  principalArn: 'arn:aws:iam::123456789012:user/outsider',
  servicePrincipal: false,
};

/** An IAM user without permissions. Outbound campaigns refuses it with AccessDeniedException. */
const DENIED: AccessKey = {
  accessKeyId: 'AKIDDENIEDUSEREXAMPLE',
  secretAccessKey: 'made-up/secret/of/a+user+without+rights/EXAMPLEKEY',
  principalArn: 'arn:aws:iam::123456789012:user/without-permissions',
  servicePrincipal: false,
  denied: true,
};

const NEIGHBOUR = '210987654321';

/** The service principal in another account. The instances of the endpoint are in that account too. */
const OTHER_ACCOUNT: AccessKey = {
  accessKeyId: 'AKIDNEIGHBOURSEXAMPLE',
  secretAccessKey: 'made-up/secret/of/another+account/EXAMPLEKEY',
  principalArn: `arn:aws:sts::${NEIGHBOUR}:assumed-role/${ROLE}/dialproof`,
  account: NEIGHBOUR,
  servicePrincipal: true,
};

/** The keys with which the emulator starts. */
export const ORDINARY_KEYS: readonly AccessKey[] = [
  STATIC_PRINCIPAL,
  SESSION_PRINCIPAL,
  EXPIRED_SESSION,
  OUTSIDER,
  DENIED,
  OTHER_ACCOUNT,
];
