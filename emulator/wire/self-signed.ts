/**
 * Makes a self-signed certificate with its key, for an endpoint that speaks TLS.
 *
 * Node can read certificates and cannot write them. This writes the one form that is needed: X.509 version 3 (RFC
 * 5280) with a key on P-256, its own authority, so that a client can be given it as a root.
 */

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

export interface TlsPair {
  /** PEM, the certificate first. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
}

const DAY = 86_400_000;
const VALID_DAYS = 90;

/** Object identifiers in DER, without tag and length. */
const OID = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  subjectKeyId: '551d0e',
  keyUsage: '551d0f',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
  authorityKeyId: '551d23',
  extendedKeyUsage: '551d25',
  serverAuth: '2b06010505070301',
} as const;

/**
 * @param hosts names and addresses by which clients reach the endpoint.
 * @param now epoch milliseconds.
 */
export function selfSigned(hosts: readonly string[], now: number): TlsPair {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signed = certificate(hosts, now, publicKey);
  const signature = sign('sha256', signed, privateKey);
  const der = sequence(signed, sequence(oid('ecdsaWithSha256')), bits(signature));
  const lines = der.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function certificate(hosts: readonly string[], now: number, publicKey: KeyObject): Buffer {
  const name = sequence(
    tagged(0x31, sequence(oid('commonName'), tagged(0x0c, Buffer.from('dialproof emulator')))),
  );
  const serial = randomBytes(16);
  // A positive number that does not begin with a zero byte.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const keyId = createHash('sha1').update(spki).digest();
  return sequence(
    // Version 3.
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    sequence(oid('ecdsaWithSha256')),
    name,
    // The clocks of clients may be behind.
    sequence(time(now - DAY), time(now + VALID_DAYS * DAY)),
    name,
    spki,
    tagged(
      0xa3,
      sequence(
        extension('basicConstraints', sequence(tagged(0x01, Buffer.from([0xff]))), true),
        // digitalSignature and keyCertSign.
        extension('keyUsage', tagged(0x03, Buffer.from([2, 0x84])), true),
        extension('extendedKeyUsage', sequence(oid('serverAuth'))),
        extension('subjectKeyId', octets(keyId)),
        extension('authorityKeyId', sequence(tagged(0x80, keyId))),
        extension('subjectAltName', sequence(...[...new Set(hosts)].map(altName))),
      ),
    ),
  );
}

function altName(host: string): Buffer {
  const version = isIP(host);
  if (version === 0) return tagged(0x82, Buffer.from(host, 'latin1'));
  return tagged(0x87, version === 4 ? ipv4(host) : ipv6(host));
}

function ipv4(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

function ipv6(address: string): Buffer {
  // The parser of URLs writes every form of an address in one way, without an IPv4 part.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0');
  const all = tail === undefined ? first : [...first, ...zeros, ...last];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

function extension(name: keyof typeof OID, value: Buffer, critical = false): Buffer {
  const flag = critical ? [tagged(0x01, Buffer.from([0xff]))] : [];
  return sequence(oid(name), ...flag, octets(value));
}

/** UTCTime, which is right until 2049. */
function time(at: number): Buffer {
  const text = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '');
  return tagged(0x17, Buffer.from(text.slice(2)));
}

const oid = (name: keyof typeof OID) => tagged(0x06, Buffer.from(OID[name], 'hex'));
const integer = (bytes: Buffer) => tagged(0x02, bytes);
const octets = (bytes: Buffer) => tagged(0x04, bytes);
const bits = (bytes: Buffer) => tagged(0x03, Buffer.concat([Buffer.from([0]), bytes]));
const sequence = (...parts: readonly Buffer[]) => tagged(0x30, Buffer.concat(parts));

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
