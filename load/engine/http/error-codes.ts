/** k6's error codes for requests that got no answer (and for answers of 400 and above). */

export interface RequestError {
  readonly code: number;
  readonly message: string;
}

/** What keeps a request from being sent, in k6's words. */
export class BlockedError extends Error {
  readonly requestError: RequestError;

  constructor(requestError: RequestError) {
    super(requestError.message);
    this.requestError = requestError;
  }
}

export const ERROR_CODES = {
  generic: 1000,
  invalidUrl: 1020,
  requestTimeout: 1050,
  dns: 1100,
  noSuchHost: 1101,
  blacklistedIp: 1110,
  blockedHostname: 1111,
  tcp: 1200,
  brokenPipe: 1201,
  dialTimeout: 1211,
  dialRefused: 1212,
  dialUnknown: 1213,
  reset: 1220,
  tls: 1300,
  tlsHeader: 1301,
  unknownAuthority: 1310,
  wrongHost: 1311,
  decompression: 1701,
} as const;

/** The request's own timeout expired. The outcome is ambiguous, because the server may have executed the request. */
export const REQUEST_TIMEOUT: RequestError = {
  code: ERROR_CODES.requestTimeout,
  message: 'request timeout',
};

/** The timeout expired before there was a connection. Nothing was sent. */
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
  EPIPE: { code: ERROR_CODES.brokenPipe, message: 'write: broken pipe' },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    code: ERROR_CODES.tlsHeader,
    message: 'tls: first record does not look like a TLS handshake',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: ERROR_CODES.wrongHost,
    message: "x509: certificate doesn't match hostname",
  },
};

/** Failures of a dial for which k6 has no separate code, with Go's messages. */
const DIAL: Readonly<Record<string, string>> = {
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
  EADDRNOTAVAIL: 'cannot assign requested address',
  EMFILE: 'too many open files',
};

const UNKNOWN_AUTHORITY: readonly string[] = [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
];

/** Converts an error of Node's sockets to the error that k6 would report. */
export function requestErrorOf(error: Error): RequestError {
  if (error instanceof BlockedError) return error.requestError;
  const { code, errno = 0, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined) return { code: ERROR_CODES.generic, message: error.message };
  if (UNKNOWN_AUTHORITY.includes(code)) {
    return {
      code: ERROR_CODES.unknownAuthority,
      message: 'x509: unknown authority',
    };
  }
  if (code === 'ECONNRESET') {
    const during = syscall === 'connect' ? 'dial' : (syscall ?? 'read');
    return { code: ERROR_CODES.reset, message: `${during}: connection reset by peer` };
  }
  if (code in DIAL) {
    const message = `dial: unknown errno ${-errno} error with msg \`${DIAL[code]}\``;
    return { code: ERROR_CODES.dialUnknown, message };
  }
  const known = BY_NODE_CODE[code];
  if (known) return known;
  if (/^(ERR_SSL|ERR_TLS|CERT_|EPROTO)/.test(code)) {
    return { code: ERROR_CODES.tls, message: `tls: ${error.message}` };
  }
  return { code: ERROR_CODES.generic, message: error.message };
}
