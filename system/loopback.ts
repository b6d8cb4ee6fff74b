/** Which hosts are this machine. */

/** An address of IPv6 as the system takes it, which may be written in brackets as in a URL. */
export function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

/** @param written a name or an address, as in a URL or as the system takes it. */
export function isLoopback(written: string): boolean {
  const host = bareHost(written);
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The variables that keep a proxy of the environment away from this machine, for the clients that read them. */
export function exceptLoopback(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<'NO_PROXY' | 'no_proxy', string>> {
  const direct = [env.NO_PROXY ?? env.no_proxy ?? '', '127.0.0.1', 'localhost'].filter(Boolean);
  return { NO_PROXY: direct.join(','), no_proxy: direct.join(',') };
}
