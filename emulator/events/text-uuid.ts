/** UUIDs that are a function of a text: ids of events and of agents, which are the same after a restart. */

import { createHash } from 'node:crypto';

/** In the form of version 5, without a name space. */
export function uuidOf(text: string): string {
  const hex = createHash('sha1').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The user id of an agent. The emulator has no users: it is invented. */
export function agentIdOf(
  instanceId: string,
  { queueId, number }: { readonly queueId: string | null; readonly number: number },
): string {
  return uuidOf(`agent ${instanceId} ${queueId ?? ''} ${number}`);
}
