/** The rooms of the house: what happens in each, and what it may import. The check and the drawing are made from it. */

/** What the files of a folder may import beside those of the folder itself. */
export interface Allowed {
  /** Folders, each with all that is below it. */
  readonly imports: readonly string[];
  /** Packages and Node modules; `k6/*` stands for all that begin with `k6/`. Any, where this is absent. */
  readonly modules?: readonly string[];
}

export interface Room extends Allowed {
  /** What happens here, in one line. */
  readonly job: string;
  /** The same of its subfolders: each has a line. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Subfolders that may import something else than the room. */
  readonly apart?: Readonly<Record<string, Allowed>>;
}

const LOAD = ['operation', 'system', 'run', 'generators'];
const K6 = ['k6', 'k6/*'];

/** By folder. A room stands after those that it imports. */
export const ROOMS: Readonly<Record<string, Room>> = {
  operation: {
    job: 'says what AWS does: shapes, bounds, failure codes, refusals. Loads in Node, jest and k6 alike',
    imports: [],
    modules: [],
    folders: {
      aws: 'what stands under any AWS operation: URIs, SigV4, JSON, provenance',
      'aws/definition':
        'what a definition of an operation is made of: its model, stages, refusals, choices',
      'aws/shape': 'shapes with their bounds: readers, clean tests, canonical forms',
      connect: 'what the operations of Amazon Connect share: limits, enums, facts, choices',
      'connect/batch-put-contact': 'BatchPutContact: shapes, failure codes, refusals, decisions',
      'connect/contact': 'the operations on one contact, and the rules that refuse them',
      corpus: 'the form of a corpus record, for those who write it and those who read it',
    },
  },
  system: {
    job: 'what any program needs: errors, folders, draws, readers of unknown JSON',
    imports: ['operation/aws'],
  },
  run: {
    job: 'the model of a finished run: its verdicts, its figures, its JSON',
    imports: ['operation', 'system'],
    folders: {
      statements: 'reasons, findings, evidence and problems as data: a row for each kind',
    },
  },
  generators: {
    job: 'makes contacts, batches and corpora from a seed',
    imports: ['operation', 'system'],
  },
  emulator: {
    job: 'the endpoint: a front door that speaks as AWS does, and a control door',
    imports: ['operation', 'system'],
    folders: {
      bugs: 'bugs that can be seeded, for audits to catch',
      call: 'a call from the request to the reply, as values',
      control: 'the control door: facts, ledger, health, metrics',
      faults: 'fault plans, and the places where a fault is applied',
      identity: 'who calls: keys, signatures, time stamps',
      stores: 'what is kept: contacts, tokens, buckets; in memory or in SQLite',
      'stores/redis': 'the same in Redis, which several emulators can share',
      watch: 'the access log, and what is observed of each exchange',
      wire: 'HTTP: server, arrivals, replies',
    },
  },
  contracts: {
    job: 'writes the pact, verifies a provider with it, and tests the pact itself',
    imports: ['operation', 'system', 'run'],
    folders: {
      agreement: 'the contract as data: interactions, states by name, tolerances',
      broker: 'the contract on its way through a Pact Broker',
      consumer: 'the SDK client, run through the contract against a mock',
      coverage: 'what the contract pins, and what it does not',
      drift: 'our definition, compared with published models',
      mutation: 'the contract broken in one place at a time: what does it notice?',
      pact: 'the form of a pact file, and the mock server',
      provider: 'a provider, verified: states set, requests signed, answers judged',
    },
  },
  load: {
    job: 'puts load on an endpoint, audits what came of it, and judges the run',
    imports: LOAD,
    apart: {
      lib: { imports: ['operation'], modules: K6 },
      scenarios: { imports: ['operation', 'load/lib'], modules: K6 },
      // It starts emulators that have bugs and fault plans.
      'self-check': { imports: [...LOAD, 'load', 'emulator'] },
    },
    folders: {
      audit: 'holds a history and a ledger to the invariants',
      divide: 'one run on several instances: started, merged, planned for Kubernetes',
      drive: 'drives an endpoint without scripts: capacity, crash test',
      endpoint: 'what an endpoint tells of itself: ledger, figures, faults',
      engine: 'runs k6 scripts in Node',
      'engine/bundle': 'one file out of a script and its imports',
      'engine/executors': 'when iterations start, and on how many VUs',
      'engine/http': 'requests and answers on sockets',
      'engine/metrics': 'samples, histograms, thresholds',
      'engine/modules': 'the k6 modules that a script imports',
      'engine/plain': 'makes blocking calls of a plain script wait',
      'engine/plan': "a script's options, read",
      'engine/read': 'readers of durations, segments, options; refusals',
      'engine/result': 'what an instance ends with, merged and summed up',
      'engine/script': 'a script compiled: its scope, its files, its errors',
      'engine/vu': 'a virtual user, and what all of a run share',
      engines: "the engines behind one interface: embedded, the user's k6",
      'engines/workers': 'the embedded engine in several processes',
      history: 'history files: read, appended, merged',
      judge: 'figures, findings and verdict of a run',
      lib: 'what scripts share; imports only operation/ and k6',
      outputs: 'metrics sent away while a run goes on',
      run: 'one script on one engine, audited; the search for the breakpoint',
      scenarios: 'the k6 scripts, one a scenario',
      'self-check': 'shows that audits catch seeded bugs and blame nobody else',
    },
  },
  reports: {
    job: 'renders a run: HTML, Markdown, JUnit, terminal',
    imports: ['operation', 'system', 'run'],
    folders: {
      content: 'what several reports say alike',
      english: 'a sentence for each kind of statement',
      html: 'the HTML page and its sections',
    },
  },
  cli: {
    job: 'the commands',
    imports: [
      'operation',
      'system',
      'run',
      'generators',
      'emulator',
      'contracts',
      'load',
      'reports',
    ],
    folders: {
      commands: 'one file a command',
      live: 'the page of a run that is under way',
      options: 'options that commands share, read',
      stages: 'the steps of a run, for the commands that make one',
      terminal: 'stdout, stderr, exit codes, Ctrl-C',
    },
  },
  door: {
    job: 'what `dialproof` and its other entry points export: the emulator in process, its journal, matchers',
    imports: ['operation', 'system', 'run', 'generators', 'emulator', 'contracts', 'reports'],
  },
  build: {
    job: 'makes dist/, and the text of the public API',
    imports: ['system', 'contracts'],
  },
  bench: {
    job: 'measures, for docs/benchmarks.md',
    imports: [
      'operation',
      'system',
      'run',
      'generators',
      'emulator',
      'contracts',
      'load',
      'reports',
      'cli',
      'test',
    ],
    folders: { 'engine-parts': 'generators and a sink, for the benchmark of the engine' },
  },
};
