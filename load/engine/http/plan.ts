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
  /** Requests at a time in one `http.batch`, and to one host of it. */
  readonly batch: number;
  readonly batchPerHost: number;
  readonly blocked: Blocked;
  /** Cookies outlive the iteration. */
  readonly noCookiesReset: boolean;
  /** A request without an answer throws. */
  readonly throws: boolean;
}
