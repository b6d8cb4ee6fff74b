/** Forms of scripts: modules, CommonJS by hand and from compilers, TypeScript, imports, files. */

import type { Idiom } from './idiom.ts';

const CHECKED = "check(http.get(__ENV.B + '/a'), { ok: (r) => r.status === 200 });";
const one = (name: string, script: string, more: Partial<Idiom> = {}): Idiom => ({
  name,
  script,
  requests: 'GET /a',
  checks: 'ok 1/1',
  ...more,
});
const HEAD = "import http from 'k6/http';\nimport { check } from 'k6';\n";

/** What `tsc --module commonjs` writes, by its documented helpers. */
const FROM_TSC = `"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
  return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.options = void 0;
exports.default = default_1;
exports.setup = setup;
const http_1 = __importDefault(require("k6/http"));
const k6_1 = require("k6");
const lib_1 = require("./lib.js");
exports.options = { vus: 1, iterations: 1 };
function setup() { return { status: http_1.default.get(__ENV.B + '/s').status }; }
function default_1(data) {
  (0, k6_1.group)('g', () => {
    const res = http_1.default.get((0, lib_1.at)('/a'));
    (0, k6_1.check)(res, { ok: (r) => r.status === data.status });
  });
  (0, k6_1.sleep)(0.001);
}
`;

/** What webpack writes for \`libraryTarget: 'commonjs'\`, in short: a table of modules and a function that loads them. */
const FROM_WEBPACK = `(() => {
  "use strict";
  var __webpack_modules__ = ({
    "k6": ((module) => { module.exports = require("k6"); }),
    "k6/http": ((module) => { module.exports = require("k6/http"); })
  });
  var __webpack_module_cache__ = {};
  function __webpack_require__(moduleId) {
    var cachedModule = __webpack_module_cache__[moduleId];
    if (cachedModule !== undefined) { return cachedModule.exports; }
    var module = __webpack_module_cache__[moduleId] = { exports: {} };
    __webpack_modules__[moduleId](module, module.exports, __webpack_require__);
    return module.exports;
  }
  (() => {
    __webpack_require__.n = (module) => {
      var getter = module && module.__esModule ? () => (module['default']) : () => (module);
      __webpack_require__.d(getter, { a: getter });
      return getter;
    };
  })();
  (() => {
    __webpack_require__.d = (exports, definition) => {
      for (var key in definition) {
        if (__webpack_require__.o(definition, key) && !__webpack_require__.o(exports, key)) {
          Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
        }
      }
    };
  })();
  (() => { __webpack_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop)); })();
  (() => { __webpack_require__.r = (exports) => { Object.defineProperty(exports, '__esModule', { value: true }); }; })();
  var __webpack_exports__ = {};
  (() => {
    __webpack_require__.r(__webpack_exports__);
    __webpack_require__.d(__webpack_exports__, { "default": () => (__WEBPACK_DEFAULT_EXPORT__), options: () => (options) });
    var k6_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__("k6/http");
    var k6_http__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(k6_http__WEBPACK_IMPORTED_MODULE_0__);
    var k6__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__("k6");
    const options = { iterations: 1 };
    function __WEBPACK_DEFAULT_EXPORT__() {
      const res = k6_http__WEBPACK_IMPORTED_MODULE_0___default().get(__ENV.B + '/a');
      (0, k6__WEBPACK_IMPORTED_MODULE_1__.check)(res, { ok: (r) => r.status === 200 });
      (0, k6__WEBPACK_IMPORTED_MODULE_1__.sleep)(0.001);
    }
  })();
  var __webpack_export_target__ = exports;
  for (var i in __webpack_exports__) __webpack_export_target__[i] = __webpack_exports__[i];
  if (__webpack_exports__.__esModule) Object.defineProperty(__webpack_export_target__, "__esModule", { value: true });
})();
`;

export const FORMS: readonly Idiom[] = [
  one('a default function', `${HEAD}export default function () { ${CHECKED} }`),
  one('a default arrow function', `${HEAD}export default () => { ${CHECKED} };`),
  one('a default async function', `${HEAD}export default async function () { ${CHECKED} }`),
  one('a named default function', `${HEAD}export default function main() { ${CHECKED} }`),
  one(
    'a default export by name',
    `${HEAD}function main() { ${CHECKED} }\nexport { main as default };`,
  ),
  one(
    'a default export from another module',
    "export { default } from './main.js';\nexport * from './main.js';",
    {
      files: {
        'main.js': `${HEAD}export const options = { iterations: 1 };\nexport default function () { ${CHECKED} }`,
      },
    },
  ),
  one(
    'imports of single functions',
    "import { get } from 'k6/http';\nimport { check } from 'k6';\nexport default () => { check(get(__ENV.B + '/a'), { ok: (r) => r.status === 200 }); };",
  ),
  one(
    'namespace imports',
    "import * as http from 'k6/http';\nimport * as k6 from 'k6';\nexport default () => { k6.check(http.get(__ENV.B + '/a'), { ok: (r) => r.status === 200 }); };",
  ),
  one(
    'imports under other names',
    "import h, { get as fetchIt } from 'k6/http';\nimport { check as verify } from 'k6';\nexport default () => { verify(h && fetchIt(__ENV.B + '/a'), { ok: (r) => r.status === 200 }); };",
  ),
  one(
    'TypeScript',
    "import http, { type RefinedResponse } from 'k6/http';\nimport { check } from 'k6';\ninterface Item { id: number }\nenum Kind { One = 1 }\nconst ok = (r: RefinedResponse<'text'>): boolean => r.status === 200;\nexport default function (): void { const item: Item = { id: Kind.One }; check(http.get(`${__ENV.B}/a`), { ok: (r) => ok(r as RefinedResponse<'text'>) && item.id === 1 }); }",
    { file: 'script.ts' },
  ),
  one(
    'a helper in another folder',
    `${HEAD}import { at } from './lib/at.js';\nexport default () => { check(http.get(at('/a')), { ok: (r) => r.status === 200 }); };`,
    {
      files: {
        'lib/at.js': "import { base } from '../base.js';\nexport const at = (p) => base + p;",
        'base.js': 'export const base = __ENV.B;',
      },
    },
  ),
  one(
    'a helper with blocking calls',
    "import { check } from 'k6';\nimport { load } from './lib.js';\nexport default () => { check(load('/a'), { ok: (r) => r.status === 200 }); };",
    {
      files: {
        'lib.js':
          "import http from 'k6/http';\nexport function load(p) { return http.get(__ENV.B + p); }",
      },
    },
  ),
  one(
    'a helper’s default export',
    "import { check } from 'k6';\nimport api from './lib.js';\nexport default () => { check(api.load('/a'), { ok: (r) => r.status === 200 }); };",
    {
      files: {
        'lib.js':
          "import http from 'k6/http';\nexport default { load: (p) => http.get(__ENV.B + p) };",
      },
    },
  ),
  one(
    'steps in another module',
    "import { check } from 'k6';\nimport * as steps from './steps.js';\nexport default () => { for (const name of ['one']) check(steps[name](), { ok: (r) => r.status === 200 }); };",
    {
      files: {
        'steps.js':
          "import http from 'k6/http';\nexport const one = () => http.get(__ENV.B + '/a');",
      },
    },
  ),
  one(
    'CommonJS by hand',
    "const http = require('k6/http');\nconst { check, sleep } = require('k6');\nmodule.exports.options = { iterations: 1 };\nmodule.exports.default = function () { const r = http.get(__ENV.B + '/a'); sleep(0.001); check(r, { ok: (x) => x.status === 200 }); };",
  ),
  one(
    'CommonJS with one object',
    "const http = require('k6/http');\nconst { check } = require('k6');\nfunction main() { check(http.get(__ENV.B + '/a'), { ok: (x) => x.status === 200 }); }\nmodule.exports = { options: { iterations: 1 }, default: main };",
  ),
  one(
    'CommonJS with exports.default',
    "var http = require('k6/http').default;\nvar k6 = require('k6');\nexports.default = () => { k6.check(http.get(__ENV.B + '/a'), { ok: (x) => x.status === 200 }); };",
  ),
  one(
    'CommonJS with a module of its own',
    "const lib = require('./lib.js');\nconst { check } = require('k6');\nexports.default = () => { check(lib.load('/a'), { ok: (x) => x.status === 200 }); };",
    {
      files: {
        'lib.js': "const http = require('k6/http');\nexports.load = (p) => http.get(__ENV.B + p);",
      },
    },
  ),
  one(
    'CommonJS with a part of a module',
    "const { load } = require('./lib.js');\nconst { check } = require('k6');\nexports.default = () => { check(load('/a'), { ok: (x) => x.status === 200 }); };",
    {
      files: {
        'lib.js':
          "const http = require('k6/http');\nmodule.exports = { load: function (p) { return http.get(__ENV.B + p); } };",
      },
    },
  ),
  one(
    'a module that imports CommonJS',
    `${HEAD}import lib from './lib.cjs';\nexport default () => { check(http.get(lib.at('/a')), { ok: (x) => x.status === 200 }); };`,
    { files: { 'lib.cjs': 'exports.at = (p) => __ENV.B + p;' } },
  ),
  one('CommonJS from tsc', FROM_TSC, {
    files: {
      'lib.js':
        '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.at = at;\nfunction at(p) { return __ENV.B + p; }',
    },
    requests: 'GET /s, GET /a',
  }),
  one('CommonJS from webpack', FROM_WEBPACK),
  {
    name: 'CommonJS without a default function',
    script: 'exports.options = { iterations: 1 };',
    requests: '',
    checks: '',
    exit: 104,
    says: 'function \'default\' of scenario "default" is not exported',
  },
  {
    name: 'CommonJS that blocks while it is loaded',
    script:
      "const http = require('k6/http');\nhttp.get(__ENV.B + '/a');\nexports.default = () => {};",
    requests: '',
    checks: '',
    exit: 107,
    says: 'script.js:2:1: a blocking call while a module is loaded',
  },
  {
    name: 'require of a Node module',
    script: "const fs = require('fs');\nexports.default = () => { fs.x; };",
    requests: '',
    checks: '',
    exit: 107,
    says: 'script.js:1:20: fs is a module of Node',
  },
  {
    name: 'require of a computed name',
    script: "const lib = require('./' + __ENV.B);\nexports.default = () => { lib.x; };",
    requests: '',
    checks: '',
    exit: 107,
    says: 'script.js:1:',
  },
  one(
    'k6/html in a helper that is not used',
    `${HEAD}import { at } from './lib.js';\nexport default () => { check(http.get(at('/a')), { ok: (r) => r.status === 200 }); };`,
    {
      files: {
        'lib.js':
          "import { parseHTML } from 'k6/html';\nexport const at = (p) => __ENV.B + p;\nexport const title = (r) => parseHTML(r.body).find('title').text();",
      },
    },
  ),
  one(
    'k6/html that is imported and not used',
    `import { parseHTML } from 'k6/html';\n${HEAD}export default () => { ${CHECKED} };`,
  ),
  {
    name: 'k6/html that is used',
    script: `import { parseHTML } from 'k6/html';\n${HEAD}export default () => { parseHTML(''); };`,
    requests: '',
    checks: '',
    exit: 107,
    says: 'script.js:1:27: the module k6/html is not supported',
  },
  one(
    'an import map in package.json',
    `${HEAD}import { at } from 'https://jslib.k6.io/own/1.0.0/index.js';\nexport default () => { check(http.get(at('/a')), { ok: (r) => r.status === 200 }); };`,
    {
      files: {
        'package.json': '{"dialproof": {"imports": {"https://jslib.k6.io/": "./vendor/"}}}',
        'vendor/own/1.0.0/index.js': 'export const at = (p) => __ENV.B + p;',
      },
    },
  ),
  {
    name: 'a remote import',
    script: `import { at } from 'https://jslib.k6.io/own/1.0.0/index.js';\nexport default () => { at(); };`,
    requests: '',
    checks: '',
    exit: 107,
    says: 'script.js:1:20: https://jslib.k6.io/own/1.0.0/index.js would be fetched at run time',
  },
  one(
    'top-level await',
    `${HEAD}const path = await Promise.resolve('/a');\nexport default () => { check(http.get(__ENV.B + path), { ok: (r) => r.status === 200 }); };`,
  ),
  one(
    'open',
    `${HEAD}const data = JSON.parse(open('./data.json'));\nexport default () => { check(http.get(__ENV.B + data.path), { ok: (r) => r.status === 200 }); };`,
    { files: { 'data.json': '{"path":"/a"}' } },
  ),
  one(
    'open of bytes',
    `${HEAD}const data = open('./data.bin', 'b');\nexport default () => { check(http.post(__ENV.B + '/a', data), { ok: (r) => r.json('body') === 'bin' }); };`,
    { files: { 'data.bin': 'bin' }, requests: 'POST /a' },
  ),
  one(
    'open beside a module',
    `${HEAD}import { path } from './lib/path.js';\nexport default () => { check(http.get(__ENV.B + path), { ok: (r) => r.status === 200 }); };`,
    { files: { 'lib/path.js': "export const path = open('./path.txt');", 'lib/path.txt': '/a' } },
  ),
  one(
    'open of import.meta.resolve',
    `${HEAD}const path = open(import.meta.resolve('./path.txt'));\nexport default () => { check(http.get(__ENV.B + path), { ok: (r) => r.status === 200 }); };`,
    { files: { 'path.txt': '/a' } },
  ),
  one(
    'SharedArray',
    `${HEAD}import { SharedArray } from 'k6/data';\nconst rows = new SharedArray('rows', () => JSON.parse(open('./rows.json')));\nexport default () => { check(http.get(__ENV.B + rows[0].path), { ok: (r) => r.status === 200 && rows.length === 1 }); };`,
    { files: { 'rows.json': '[{"path":"/a"}]' } },
  ),
  one(
    'SharedArray of CSV lines',
    `${HEAD}import { SharedArray } from 'k6/data';\nconst rows = new SharedArray('rows', function () { return open('./rows.csv').trim().split('\\n').slice(1).map((l) => l.split(',')); });\nexport default () => { const [path] = rows[__VU - 1]; check(http.get(__ENV.B + path), { ok: (r) => r.status === 200 }); };`,
    { files: { 'rows.csv': 'path,name\n/a,one\n' } },
  ),
  one(
    'k6/experimental/fs',
    `${HEAD}import { open } from 'k6/experimental/fs';\nconst file = await open('./path.txt');\nexport default async function () { const bytes = new Uint8Array(2); await file.read(bytes); check(http.get(__ENV.B + String.fromCharCode(...bytes)), { ok: (r) => r.status === 200 }); }`,
    { files: { 'path.txt': '/a' } },
  ),
  one(
    'k6/crypto',
    `${HEAD}import crypto from 'k6/crypto';\nexport default () => { check(http.get(__ENV.B + '/a', { headers: { 'X-Hash': crypto.sha256('a', 'hex') } }), { ok: (r) => r.json('headers.x-hash').startsWith('ca978112') }); };`,
  ),
  one(
    'k6/encoding',
    `${HEAD}import encoding from 'k6/encoding';\nexport default () => { check(http.get(__ENV.B + '/a', { headers: { Authorization: 'Basic ' + encoding.b64encode('me:secret') } }), { ok: (r) => encoding.b64decode(r.json('headers.authorization').slice(6), 'std', 's') === 'me:secret' }); };`,
  ),
];
