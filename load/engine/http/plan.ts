/** The options of a script that apply to all its requests. */

import type { Blocked } from './blocked.ts';
import type { HostsOption } from './hosts.ts';
import type { TlsPlan } from './tls.ts';

export interface HttpPlan {
  readonly hosts: HostsOption;
  readonly insecureSkipTLSVerify: boolean;
  readonly tls: TlsPlan;
  readonly noConnectionReuse: boolean;
  readonly discardResponseBodies: boolean;
  readonly userAgent: string;
  readonly maxRedirects: number;
  /** The most requests of one `http.batch` at a time. `batchPerHost` is the limit for one host. */
  readonly batch: number;
  readonly batchPerHost: number;
  readonly blocked: Blocked;
  /** Whether cookies are kept from one iteration to the next. */
  readonly noCookiesReset: boolean;
  /** Whether a request that gets no answer throws. */
  readonly throws: boolean;
}
