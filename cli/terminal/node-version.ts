/** Imported first: on a Node that is too old, one sentence instead of a syntax error further on. */

const NEEDED = [22, 19] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    `dialproof needs Node ${NEEDED.join('.')} or later; this is ${process.versions.node}. ` +
      'In a checkout, "npm ci" installs one that the npm scripts use.\n',
  );
  process.exit(2);
}
