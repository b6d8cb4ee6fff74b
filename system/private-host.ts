/** Hosts whose names nobody can register: a web page cannot have one of them as its own. */

import { isIP } from 'node:net';

/**
 * Endings that the public name system does not have: RFC 6761 (localhost), RFC 6762 (local, which Kubernetes uses too),
 * ICANN's private-use name (internal, which Docker uses), and the short names of Kubernetes services (svc).
 */
const ENDINGS = /\.(localhost|local|internal|svc)$/;

/**
 * Whether a host is an IP address, a name without a dot such as that of a Compose service, or has a private ending.
 *
 * @param hostname as in a URL, without port.
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase();
  if (isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0) return true;
  return /^[a-z0-9_-]+$/.test(host) || (/^[a-z0-9._-]+$/.test(host) && ENDINGS.test(host));
}
