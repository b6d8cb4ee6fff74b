/**
 * The atomic steps of the shared store, as Lua scripts. Redis runs no other command during a script.
 *
 * All keys have the same hash tag, so that a cluster keeps them on one node. The keys are:
 * `serial` last serial number; `order` sorted set of serials; `age` the same by time; `batch:N` hash of one batch;
 * `token:K` hash of a token's serial and requests; `claim:K` the claim of the call that runs a token now, with an expiry;
 * `contacts` hash of ContactId -> "serial:index"; `changes` hash of "serial:index" -> JSON;
 * `buckets` hash of bucket -> "tokens at frozen"; `bytes` size of all batches.
 */

import { createHash } from 'node:crypto';
import { SET_BACK_MILLISECONDS } from '../store.ts';
import { DISAGREEMENT_MILLISECONDS } from '../throttle.ts';

export const PREFIX = '{dialproof}:';

/** The channel on which the key of each released claim is published for the calls that wait for it. */
export const RELEASED = `${PREFIX}released`;

/** Fields of a batch hash, in the order in which scripts return them. */
export const BATCH_FIELDS = [
  'account',
  'region',
  'instanceId',
  'clientToken',
  'committedAt',
  'results',
  'body',
] as const;

export interface Script {
  readonly sha: string;
  readonly lua: string;
}

function script(body: string): Script {
  const lua = `local P = '${PREFIX}'\n${body}`;
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}

const READ = `
local function batch(serial, requests)
  local fields = redis.call('HMGET', P..'batch:'..serial, '${BATCH_FIELDS.join("', '")}')
  return { requests or '1', serial, unpack(fields) }
end
local function requestsOf(serial)
  local key = redis.call('HGET', P..'batch:'..serial, 'key')
  if not key or key == '' then return '1' end
  local token = redis.call('HMGET', P..'token:'..key, 'serial', 'requests')
  return token[1] == serial and token[2] or '1'
end
`;

/** ARGV: key. Returns a batch, or nil. */
export const FIND = script(`${READ}
local token = redis.call('HMGET', P..'token:'..ARGV[1], 'serial', 'requests')
if not token[1] then return false end
return batch(token[1], token[2])
`);

/** ARGV: serial. Returns a batch, or nil. */
export const READ_BATCH = script(`${READ}
if redis.call('EXISTS', P..'batch:'..ARGV[1]) == 0 then return false end
return batch(ARGV[1], requestsOf(ARGV[1]))
`);

/** ARGV: ContactId. Returns { index, change or '', batch }, or nil. */
export const FIND_CONTACT = script(`${READ}
local place = redis.call('HGET', P..'contacts', ARGV[1])
if not place then return false end
local serial, index = place:match('^(%d+):(%d+)$')
return { index, redis.call('HGET', P..'changes', place) or '', batch(serial, requestsOf(serial)) }
`);

/**
 * ARGV: ContactId, the change that was read ('' if there was no change), the new change.
 * Returns 1 if the new change was stored, 0 if the stored change differs from the one that was read.
 */
export const CHANGE_CONTACT = script(`
local place = redis.call('HGET', P..'contacts', ARGV[1])
if not place or (redis.call('HGET', P..'changes', place) or '') ~= ARGV[2] then return 0 end
redis.call('HSET', P..'changes', place, ARGV[3])
return 1
`);

/**
 * ARGV: key, payload hash, claim, lease ms, now ms, token lifetime ms, '1' to claim a known token as well.
 * Returns { 'held', payload hash } | { 'mismatch' } | { 'replay' | 'known', batch } | { 'new' }.
 */
export const ENTER = script(`${READ}
local key, hash, claim = ARGV[1], ARGV[2], ARGV[3]
local held = redis.call('GET', P..'claim:'..key)
if held then return { 'held', held:match('|(.*)$') } end
local token = redis.call('HMGET', P..'token:'..key, 'serial', 'requests')
if token[1] then
  local known = redis.call('HMGET', P..'batch:'..token[1], 'committedAt', 'payloadHash')
  if known[1] and tonumber(ARGV[5]) < tonumber(known[1]) + tonumber(ARGV[6]) then
    if known[2] ~= hash then return { 'mismatch' } end
    if ARGV[7] == '1' then
      redis.call('SET', P..'claim:'..key, claim, 'PX', ARGV[4])
      return { 'known', batch(token[1], token[2]) }
    end
    -- A replay is answered although a full Redis cannot count it.
    redis.pcall('HINCRBY', P..'token:'..key, 'requests', 1)
    return { 'replay', batch(token[1], token[2]) }
  end
end
redis.call('SET', P..'claim:'..key, claim, 'PX', ARGV[4])
return { 'new' }
`);

/** ARGV: key, claim. Deletes the claim, unless the key has another claim by now. */
export const RELEASE = script(`
if redis.call('GET', P..'claim:'..ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('DEL', P..'claim:'..ARGV[1])
redis.call('PUBLISH', '${RELEASED}', ARGV[1])
return 1
`);

/** ARGV: lease ms, then pairs of key and claim. Renews each claim, unless its key has another claim by now. */
export const RENEW = script(`
for i = 2, #ARGV, 2 do
  if redis.call('GET', P..'claim:'..ARGV[i]) == ARGV[i + 1] then
    redis.call('PEXPIRE', P..'claim:'..ARGV[i], ARGV[1])
  end
end
return 1
`);

/** ARGV: key. Adds one to the requests of a token. */
export const COUNT_REPLAY = script(`
if redis.call('EXISTS', P..'token:'..ARGV[1]) == 1 then
  redis.call('HINCRBY', P..'token:'..ARGV[1], 'requests', 1)
end
return 1
`);

/** The approximate bytes of a batch without its body and results. They include the index of its contacts. */
const OVERHEAD_BYTES = 4_000;

/** The most old batches that one commit drops. A commit adds one batch, so a larger number reduces a backlog. */
const DROPPED_PER_COMMIT = 4;

/**
 * ARGV: key or '', claim or '', '1' for a rerun, now ms, retention ms, most bytes, requests, payload hash,
 * then the batch's fields, then pairs of index and ContactId.
 * Returns 'ok', 'lost' if the claim is no longer held, or 'full' if the batch would exceed the most bytes.
 */
export const COMMIT = script(`
local key, claim, rerun, now, retention, most = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
if claim ~= '' and redis.call('GET', P..'claim:'..key) ~= claim then return 'lost' end

for _, serial in ipairs(redis.call('ZRANGE', P..'order', 0, ${DROPPED_PER_COMMIT - 1})) do
  local b = P..'batch:'..serial
  local old = redis.call('HMGET', b, 'committedAt', 'key', 'results', 'size')
  local at = tonumber(old[1])
  if at > now - retention then
    if at <= now + ${SET_BACK_MILLISECONDS} then break end
    local earliest = redis.call('ZRANGE', P..'age', 0, 0, 'WITHSCORES')
    if not earliest[2] or tonumber(earliest[2]) > now - retention then break end
  end
  for i, result in ipairs(cjson.decode(old[3])) do
    if result.contactId then redis.call('HDEL', P..'contacts', result.contactId) end
    redis.call('HDEL', P..'changes', serial..':'..(i - 1))
  end
  if old[2] ~= '' and redis.call('HGET', P..'token:'..old[2], 'serial') == serial then
    redis.call('DEL', P..'token:'..old[2])
  end
  redis.call('DECRBY', P..'bytes', old[4])
  redis.call('ZREM', P..'order', serial)
  redis.call('ZREM', P..'age', serial)
  redis.call('DEL', b)
end

local results, body = ARGV[14], ARGV[15]
local size = #results + #body + ${OVERHEAD_BYTES}
local serial = rerun == '1' and redis.call('HGET', P..'token:'..key, 'serial')
local replaced = serial and redis.call('HGET', P..'batch:'..serial, 'size') or '0'
if tonumber(redis.call('GET', P..'bytes') or '0') - tonumber(replaced) + size > most then return 'full' end
redis.call('DECRBY', P..'bytes', replaced)
if not serial then serial = string.format('%d', redis.call('INCR', P..'serial')) end
redis.call('HSET', P..'batch:'..serial, 'key', key, 'payloadHash', ARGV[8], 'size', size,
  'account', ARGV[9], 'region', ARGV[10], 'instanceId', ARGV[11], 'clientToken', ARGV[12],
  'committedAt', ARGV[13], 'results', results, 'body', body)
redis.call('ZADD', P..'order', serial, serial)
redis.call('ZADD', P..'age', ARGV[13], serial)
redis.call('INCRBY', P..'bytes', size)
for i = 16, #ARGV, 2 do
  redis.call('HSET', P..'contacts', ARGV[i + 1], serial..':'..ARGV[i])
end
if key ~= '' then
  redis.call('HSET', P..'token:'..key, 'serial', serial, 'requests', ARGV[7])
end
if claim ~= '' then
  redis.call('DEL', P..'claim:'..key)
  redis.call('PUBLISH', '${RELEASED}', key)
end
return 'ok'
`);

/** The field of `buckets` that holds the level of buckets not yet used. */
const PRESET = '*';

/**
 * Does the same as throttle.ts, in Lua. ARGV: bucket, now ms, rate or '', burst or '', unit of refill in ms.
 * Returns the tokens before the request took one, as text. Without a quota it returns 'inf'.
 */
export const TAKE = script(`
local now, rate, burst, unit = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local stored = redis.call('HGET', P..'buckets', ARGV[1])
local tokens, at, frozen
if stored then
  tokens, at, frozen = stored:match('^(%S+) (%S+) (%d)$')
  at = tonumber(at)
else
  local preset = redis.call('HGET', P..'buckets', '${PRESET}')
  tokens, frozen, at = tostring(burst or 'inf'), '0', now
  if preset then tokens, frozen = preset:match('^(%S+) %S+ (%d)$') end
end
tokens = tokens == 'inf' and math.huge or tonumber(tokens)
if frozen == '0' then
  if not rate then
    tokens, at = math.huge, now
  else
    if at - now > ${DISAGREEMENT_MILLISECONDS} then at = now end
    local units = math.max(0, math.floor((now - at) / unit))
    tokens = math.min(burst, tokens + units * unit * rate / 1000)
    at = at + units * unit
  end
end
local left = tokens >= 1 and tokens - 1 or tokens
local text = function(n) return n == math.huge and 'inf' or string.format('%.17g', n) end
-- A full Redis cannot store it, and answers replays all the same.
redis.pcall('HSET', P..'buckets', ARGV[1], text(left)..' '..string.format('%d', at)..' '..frozen)
return text(tokens)
`);

/** ARGV: bucket, n. Takes n tokens, even if the level falls below zero. */
export const DRAIN = script(`
local stored = redis.call('HGET', P..'buckets', ARGV[1])
if not stored then return 0 end
local tokens, rest = stored:match('^(%S+)( .*)$')
if tokens ~= 'inf' then
  redis.call('HSET', P..'buckets', ARGV[1], string.format('%.17g', tonumber(tokens) - tonumber(ARGV[2]))..rest)
end
return 1
`);

/** ARGV: tokens, now ms, '1' if frozen. Sets the level of every bucket. */
export const SET_BUCKETS = script(`
local level = ARGV[1]..' '..ARGV[2]..' '..ARGV[3]
redis.call('HSET', P..'buckets', '${PRESET}', level)
for _, bucket in ipairs(redis.call('HKEYS', P..'buckets')) do
  redis.call('HSET', P..'buckets', bucket, level)
end
return 1
`);
