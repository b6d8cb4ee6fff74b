/** k6's error codes for requests that got no answer (and for answers of 400 and above). */

export interface RequestError {
  readonly code: number;
  readonly message: string;
}

export const ERROR_CODES = {
  generic: 1000,
  invalidUrl: 1020,
  requestTimeout: 1050,
  dns: 1100,
  noSuchHost: 1101,
  tcp: 1200,
  brokenPipe: 1201,
  dial: 1210,
  dialTimeout: 1211,
  dialRefused: 1212,
  reset: 1220,
  tls: 1300,
  unknownAuthority: 1310,
  wrongHost: 1311,
} as const;

/** The request's own timeout ran out: an ambiguous outcome, the request may have been executed. */
export const REQUEST_TIMEOUT: RequestError = {
  code: ERROR_CODES.requestTimeout,
  message: 'request timeout',
};

/** The timeout ran out before there was a connection: nothing was sent. */
export const DIAL_TIMEOUT: RequestError = {
  code: ERROR_CODES.dialTimeout,
  message: 'dial: i/o timeout',
};

/** 1404 for a 404, 1503 for a 503; 0 below 400. */
export function codeOfStatus(status: number): number {
  return status >= 400 ? 1_000 + status : 0;
}

const BY_NODE_CODE: Readonly<Record<string, RequestError>> = {
  ENOTFOUND: { code: ERROR_CODES.noSuchHost, message: 'lookup: no such host' },
  EAI_AGAIN: { code: ERROR_CODES.dns, message: 'lookup: temporary failure in name resolution' },
  ETIMEDOUT: DIAL_TIMEOUT,
  ECONNREFUSED: { code: ERROR_CODES.dialRefused, message: 'dial: connection refused' },
  EHOSTUNREACH: { code: ERROR_CODES.dial, message: 'dial: no route to host' },
  ENETUNREACH: { code: ERROR_CODES.dial, message: 'dial: network is unreachable' },
  EADDRNOTAVAIL: { code: ERROR_CODES.dial, message: 'dial: cannot assign requested address' },
  EMFILE: { code: ERROR_CODES.dial, message: 'dial: too many open files' },
  ECONNRESET: { code: ERROR_CODES.reset, message: 'read: connection reset by peer' },
  EPIPE: { code: ERROR_CODES.brokenPipe, message: 'write: broken pipe' },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: ERROR_CODES.wrongHost,
    message: "x509: certificate doesn't match hostname",
  },
};

const UNKNOWN_AUTHORITY: readonly string[] = [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
];

/** What k6 would say of a failure of Node's sockets. */
export function requestErrorOf(error: Error): RequestError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return { code: ERROR_CODES.generic, message: error.message };
  if (UNKNOWN_AUTHORITY.includes(code)) {
    return {
      code: ERROR_CODES.unknownAuthority,
      message: 'x509: certificate signed by unknown authority',
    };
  }
  const known = BY_NODE_CODE[code];
  if (known) return known;
  if (/^(ERR_SSL|ERR_TLS|CERT_|EPROTO)/.test(code)) {
    return { code: ERROR_CODES.tls, message: `tls: ${error.message}` };
  }
  return { code: ERROR_CODES.generic, message: error.message };
}
