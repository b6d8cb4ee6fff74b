/**
 * Preloaded with `node -r`: lets node run the TypeScript of a checkout.
 *
 * ts-node compiles it, without checking types. The result is kept in node_modules/.cache, beside Node's own cache
 * of compiled code: without them, a command takes three times as long to start.
 */

const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { enableCompileCache, setSourceMapsSupport } = require('node:module');
const { dirname, join, relative, sep } = require('node:path');

const ROOT = dirname(__dirname);
const CACHE = join(ROOT, 'node_modules', '.cache', 'dialproof');

/** What a result depends on, apart from the source. */
const COMPILER = [
  'tsconfig.json',
  'node_modules/ts-node/package.json',
  'node_modules/@swc/core/package.json',
]
  .map((path) => readFileSync(join(ROOT, path), 'utf8'))
  .join('');

const INLINE_MAP = /\/\/# sourceMappingURL=data:application\/json;charset=utf-8;base64,(\S+)\s*$/;

let service;

function compile(source, filename) {
  // Loaded on use: most starts find everything in the cache.
  service ??= require('ts-node').create({ projectSearchDir: ROOT });
  const code = service.compile(source, filename);
  const map = INLINE_MAP.exec(code);
  return { code: code.replace(INLINE_MAP, ''), map: Buffer.from(map?.[1] ?? '', 'base64') };
}

/** The cached text, or undefined: a file that cannot be read is as good as none. */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A cache that cannot be written costs time and nothing else. */
function write(path, text) {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
  } catch {}
}

/** One file for each source, with the hash of what it was made from in its first line. */
function load(filename) {
  const source = readFileSync(filename, 'utf8');
  const path = join(CACHE, `${relative(ROOT, filename).replaceAll(sep, '+')}.js`);
  const hash = createHash('sha1').update(COMPILER).update(source).digest('hex');
  const head = `// ${hash}\n`;
  const kept = read(path);
  if (kept?.startsWith(head)) return kept.slice(head.length);
  const { code, map } = compile(source, filename);
  // A file of its own, which node reads only when it prints a stack.
  write(`${path}.map`, map);
  const mapUrl = relative(dirname(filename), `${path}.map`).replaceAll(sep, '/');
  const whole = `${code}//# sourceMappingURL=${mapUrl}`;
  write(path, head + whole);
  return whole;
}

// Older versions of Node have none: the command itself says which it needs.
enableCompileCache?.(join(CACHE, 'compiled'));
setSourceMapsSupport(true);

require.extensions['.ts'] = (module, filename) => module._compile(load(filename), filename);
