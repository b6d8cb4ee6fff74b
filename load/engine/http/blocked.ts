/** Hosts and addresses that a script must not reach: the options blockHostnames and blacklistIPs. */

import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Fields } from '../read/fields.ts';
import { ScriptRefused } from '../read/refusal.ts';
import { BlockedError, ERROR_CODES } from './error-codes.ts';
import type { Endpoint } from './hosts.ts';

export interface Blocked {
  readonly hostnames: readonly string[];
  /** Null if no address is blocked. */
  readonly addresses: BlockList | null;
}

export const NOTHING_BLOCKED: Blocked = { hostnames: [], addresses: null };

/** @throws ScriptRefused where an option is invalid; the message names it. */
export function readBlocked(fields: Fields): Blocked {
  const ranges = fields.texts('blacklistIPs', []);
  return {
    hostnames: fields.texts('blockHostnames', []).map((one) => one.toLowerCase()),
    addresses: ranges.length === 0 ? null : rangesOf(ranges),
  };
}

function rangesOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const version = isIP(address);
    const most = version === 6 ? 128 : 32;
    const prefix = bits === undefined ? most : Number(bits);
    if (version === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > most) {
      throw new ScriptRefused(
        `blacklistIPs of options has "${range}": it must be an address, or a range such as 10.0.0.0/8`,
      );
    }
    list.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/**
 * @param address the address of the host, or a name that has not been looked up yet.
 * @throws BlockedError
 */
export function refuseBlocked(
  { hostnames, addresses }: Blocked,
  { hostname, address }: Pick<Endpoint, 'hostname' | 'address'>,
): void {
  const isHere = (pattern: string) =>
    pattern.startsWith('*') ? hostname.endsWith(pattern.slice(1)) : pattern === hostname;
  if (hostnames.some(isHere)) {
    throw new BlockedError({ code: ERROR_CODES.blockedHostname, message: 'hostname is blocked' });
  }
  if (addresses && isIP(address) && isListed(addresses, address)) throw blacklisted();
}

/** Looks up names as Node does, and refuses the blocked addresses. */
export function guardedLookup(addresses: BlockList): LookupFunction {
  return (name, options, done) => {
    lookup(name, options, (error, found: string | LookupAddress[], family) => {
      const all = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
      if (!error && all.some((one) => isListed(addresses, one))) done(blacklisted(), '', 0);
      else done(error, found as string, family);
    });
  };
}

function isListed(addresses: BlockList, address: string): boolean {
  return addresses.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function blacklisted(): BlockedError {
  return new BlockedError({ code: ERROR_CODES.blacklistedIp, message: 'ip is blacklisted' });
}
