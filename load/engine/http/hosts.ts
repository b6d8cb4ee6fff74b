/** Determines the address of a URL's host: its own, or the one that the option `hosts` gives. */

import { isIP } from 'node:net';

/** Host, host:port or *.domain -> address, with or without port. */
export type HostsOption = Readonly<Record<string, string>>;

export interface Endpoint {
  readonly secure: boolean;
  readonly hostname: string;
  /** The server name that TLS sends; `''` if the host is an IP address, because TLS allows only names there. */
  readonly servername: string;
  /** The value of the Host header. */
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

/** @param origin scheme and authority. */
export function endpointOf(origin: string, hosts: HostsOption): Endpoint {
  const { protocol, hostname, host, port } = new URL(origin);
  const secure = protocol === 'https:';
  const own = hostname.replace(/^\[|\]$/g, '');
  const place = mapped(hosts, hostname, port);
  return {
    secure,
    hostname,
    servername: isIP(own) ? '' : own,
    host,
    address: place.address ?? own,
    port: Number(place.port ?? (port || (secure ? 443 : 80))),
  };
}

function mapped(
  hosts: HostsOption,
  hostname: string,
  port: string,
): { address?: string; port?: string } {
  const to = hosts[`${hostname}:${port}`] ?? hosts[hostname] ?? hosts[wildcardFor(hosts, hostname)];
  if (to === undefined) return {};
  const [, address = to, mappedPort] = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(to) ?? [];
  return mappedPort === undefined ? { address } : { address, port: mappedPort };
}

function wildcardFor(hosts: HostsOption, hostname: string): string {
  const fits = (name: string) => name.startsWith('*.') && hostname.endsWith(name.slice(1));
  return Object.keys(hosts).find(fits) ?? '';
}
