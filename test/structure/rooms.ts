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

const LOAD = ['operation', 'system', 'run', 'feeders', 'generators'];
const PRODUCT = [...LOAD, 'campaigns', 'emulator', 'planner', 'contracts', 'load', 'reports'];
const K6 = ['k6', 'k6/*'];

/** By folder. A room stands after those that it imports. */
export const ROOMS: Readonly<Record<string, Room>> = {
  operation: {
    job: 'says what AWS does: shapes, bounds, failure codes, refusals. Loads in Node, jest and k6 alike',
    imports: [],
    modules: [],
    folders: {
      aws: 'what every AWS operation needs: URIs, SigV4, JSON, provenance',
      'aws/definition': "the parts of an operation's definition: model, stages, refusals, choices",
      'aws/shape': 'shapes with their bounds: readers, clean tests, canonical forms',
      campaigns: 'what both versions of outbound campaigns share: life cycle, rules, failure codes',
      connect: 'what the operations of Amazon Connect share: limits, enums, facts, choices',
      'connect-campaigns': 'outbound campaigns, version 1',
      'connect-campaigns/model': 'shapes, types and operations, written from the published model',
      'connect-campaigns-v2': 'outbound campaigns, version 2',
      'connect-campaigns-v2/model':
        'shapes, types and operations, written from the published model',
      'connect/batch-put-contact': 'BatchPutContact: shapes, failure codes, refusals, decisions',
      'connect/contact-event': 'the events of a contact: their envelope and their members',
      'connect/contact': 'the operations on one contact, and the rules that refuse them',
      'connect/search-contacts': 'SearchContacts: its shapes, and what it finds',
      corpus: 'the form of a corpus record, for those who write it and those who read it',
    },
  },
  models: {
    job: 'extracts of published models, and the script that writes them',
    imports: [],
    modules: ['node:child_process', 'node:fs', 'node:path', 'node:zlib'],
  },
  system: {
    job: 'what any program needs: errors, folders, draws, readers of unknown JSON',
    imports: ['operation/aws'],
  },
  run: {
    job: 'the model of a finished run: its verdicts, its figures, its JSON; and of a plan',
    imports: ['operation', 'system'],
    folders: {
      causes: 'what broke: the fewest causes that explain every failed check',
      compare: 'what changed between runs, and the history of runs',
      statements: 'reasons, findings, evidence and problems as data: a row for each kind',
    },
  },
  feeders: {
    job: 'judges how a feeder hands dial requests to campaigns, from a journal of its calls',
    imports: ['operation', 'system', 'run'],
    modules: [],
    folders: { sending: 'feeders of our own: when they send which contacts' },
  },
  generators: {
    job: 'makes contacts, batches and corpora from a seed',
    imports: ['operation', 'system'],
  },
  campaigns: {
    job: 'what becomes of campaigns and dial requests, as a pure step in time that is handed in',
    imports: ['operation', 'system'],
    modules: [],
    folders: {
      batches:
        'calls of BatchPutContact: what is in them, when they are sent, what an answer means',
      calls: 'the calls of both versions of outbound campaigns, on the engine',
      collections: 'heaps and queues',
      course: 'the course of a call and the life of a contact, as functions of seed and moment',
      dialling: 'who is dialled, and when',
      engine: 'the engine on all its parts: what moves, answers and restarts do',
      state: 'what the engine holds in memory, and how dial requests end',
    },
  },
  emulator: {
    job: 'the endpoint: a front door that speaks as AWS does, and a control door',
    imports: ['operation', 'system', 'campaigns'],
    folders: {
      bugs: 'bugs that can be seeded, for audits to catch',
      campaigns: 'runs the campaign engine: its commits, its timers, its calls',
      call: 'what every call needs: the contents of an endpoint, its counts and its limits',
      'call/changes':
        'changes of an endpoint that no client can make: its clock, its campaigns, a reset',
      'call/door': 'a call from the request to the reply, as values',
      'call/steps': 'the steps that answer calls: batches, contacts, searches, campaigns',
      clock: 'the wall clock and the virtual clock',
      control: 'the control door: facts, ledger, campaigns, events, health, metrics',
      events: 'contact events: made of committed steps, disturbed, and given to readers and sinks',
      faults: 'fault plans, and the places where a fault is applied',
      identity: 'checks who calls: keys, signatures, time stamps',
      recording: 'records the calls that hand over dial requests, for the judge of feeders',
      sinks: 'takes lines of JSON to a file or a URL',
      stores: 'contacts, tokens, rate buckets and campaigns, kept in memory or in SQLite',
      'stores/redis': 'a store in Redis, which several emulators can share',
      watch: 'the access log, and what is observed of each exchange',
      wire: 'HTTP: server, arrivals, replies',
    },
  },
  planner: {
    job: 'what a campaign comes to: the campaign engine in virtual time, with a feeder and a quota',
    imports: ['operation', 'system', 'run', 'feeders', 'campaigns', 'emulator/stores'],
  },
  contracts: {
    job: 'writes the pact, verifies a provider with it, and tests the pact itself',
    imports: ['models', 'operation', 'system', 'run'],
    folders: {
      agreement: 'a contract as data: interactions, states by name, what an answer must have',
      'agreement/batch-put-contact': 'the contract of BatchPutContact',
      'agreement/campaigns': 'the contracts of both versions of outbound campaigns',
      broker: 'publishes the contract to a Pact Broker, and queries the Broker',
      consumer: 'runs the SDK client through the contract, against a mock',
      coverage: 'what the contract pins, and what it does not',
      events: 'the contract of contact events: messages for the handler of a team',
      drift: 'compares our definition with published models',
      mock: 'serves a consumer under test, and writes the pact of what it used',
      mutation:
        'changes the contract in one place at a time, and reports which changes go unnoticed',
      pact: 'the form of a pact file, and the mock server',
      provider: 'verifies a provider: sets states, signs requests, judges answers',
    },
  },
  load: {
    job: 'puts load on an endpoint, audits the results, and judges the run',
    imports: LOAD,
    apart: {
      lib: { imports: ['operation'], modules: K6 },
      scenarios: { imports: ['operation', 'load/lib'], modules: K6 },
      // It starts emulators that have bugs and fault plans.
      'self-check': { imports: [...LOAD, 'load', 'emulator'] },
    },
    folders: {
      audit: 'holds a history and a ledger to the invariants',
      crash: 'kills a durable emulator under load, and judges what is left of it',
      divide: 'starts one run on several instances, merges their results, plans it for Kubernetes',
      drive: 'drives an endpoint without scripts: capacity, campaigns',
      endpoint: 'reads what an endpoint reports about itself: ledger, figures, faults',
      engine: 'runs k6 scripts in Node',
      'engine/bundle': 'bundles a script and its imports into one file',
      'engine/executors': 'when iterations start, and on how many VUs',
      'engine/http': 'requests and answers on sockets',
      'engine/metrics': 'samples, histograms, thresholds',
      'engine/modules': 'the k6 modules that a script imports',
      'engine/plain': 'adds `await` to the blocking calls of a plain script',
      'engine/plan': 'reads the options of a script',
      'engine/read': 'readers of durations, segments, options; refusals',
      'engine/result': 'merges and sums up the results of instances',
      'engine/script': 'compiles a script: its scope, its files, its errors',
      'engine/vu': 'a virtual user, and what all virtual users of a run share',
      engines: "the engines behind one interface: embedded, the user's k6",
      'engines/workers': 'the embedded engine in several processes',
      history: 'reads, appends and merges history files',
      judge: 'figures, findings and verdict of a run',
      lib: 'what scripts share; imports only operation/ and k6',
      outputs: 'sends metrics to other systems during a run',
      road: 'holds the history, ledger and dial records of the dial road to its invariants',
      run: 'runs one script on one engine and audits it; searches for the breakpoint',
      scenarios: 'the k6 scripts, one for each scenario',
      'self-check': 'shows that audits catch seeded bugs and do not blame correct emulators',
    },
  },
  config: {
    job: 'finds and reads the configuration of a project, and says where an error stands',
    imports: ['operation', 'system', 'campaigns', 'generators', 'emulator', 'load/lib'],
  },
  reports: {
    job: 'renders a run: HTML, Markdown, JUnit, CTRF, terminal',
    imports: ['operation', 'system', 'run'],
    folders: {
      content: 'content that several reports share',
      english: 'a sentence for each kind of statement',
      html: 'the HTML page and its sections',
      markdown: 'the summary in Markdown and its parts',
    },
  },
  publish: {
    job: 'tells teams of a run: sites, pull requests, chats, webhooks',
    imports: ['operation', 'system', 'run', 'contracts', 'reports'],
    folders: {
      message: 'what a team is told, as data; how it is cut, and when it is new',
      preview: 'draws what would be sent',
      render: 'a message in the form that a receiver takes, within its limits',
      send: 'requests with retries, comments that are updated, secrets',
      site: 'a site of runs: its index, its pruning, where it is kept',
      targets: 'one file for each receiver, or kind of receiver',
    },
  },
  cli: {
    job: 'the commands',
    imports: [...PRODUCT, 'publish', 'config'],
    folders: {
      commands: 'one file for each command',
      completion: 'shell scripts that complete commands, options and values',
      configuration: 'gives commands the options that a configuration has',
      init: 'the files that `dialproof init` writes',
      documents: 'the JSON documents of commands, of which schemas are published',
      live: 'the page that shows a run in progress',
      options: 'reads the options that commands share',
      stages: 'the steps of a run, shared by commands',
      terminal: 'stdout, stderr, exit codes, Ctrl-C',
    },
  },
  door: {
    job: 'what `dialproof` and its other entry points export: the emulator in process, its journal, matchers',
    imports: [
      'operation',
      'system',
      'run',
      'feeders',
      'generators',
      'campaigns',
      'emulator',
      'contracts',
      'reports',
      'config',
    ],
  },
  build: {
    job: 'makes dist/, the text of the public API, the page of assumptions, and releases',
    imports: ['operation', 'system', 'contracts'],
  },
  bench: {
    job: 'measures, for docs/benchmarks.md',
    imports: [...PRODUCT, 'cli', 'test'],
    folders: { 'engine-parts': 'generators and a sink, for the benchmark of the engine' },
  },
};
