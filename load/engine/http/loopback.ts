/** The host names and addresses that always mean this machine. */

const NAMES: readonly string[] = ['127.0.0.1', 'localhost', '::1', '[::1]'];

/** @param hostname as in a URL. */
export function isLoopback(hostname: string): boolean {
  return NAMES.includes(hostname);
}
