/** OpenSSL's names of the hashes that k6/crypto has. */
export const HASH_NAMES = [
  'md5',
  'sha1',
  'sha256',
  'sha384',
  'sha512',
  'sha512-224',
  'sha512-256',
  'ripemd160',
];
