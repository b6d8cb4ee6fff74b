/** Which names a script finds. */

const everything = globalThis as unknown as Record<string, unknown>;

const seen = {
  hidden: {
    process: typeof process,
    Buffer: typeof Buffer,
    module: typeof module,
    global: typeof global,
    fetch: typeof fetch,
    URL: typeof URL,
    URLSearchParams: typeof URLSearchParams,
    Intl: typeof Intl,
    structuredClone: typeof structuredClone,
    queueMicrotask: typeof queueMicrotask,
    performance: typeof performance,
    AbortController: typeof AbortController,
    setImmediate: typeof setImmediate,
    WeakRef: typeof WeakRef,
    Atomics: typeof Atomics,
    atob: typeof atob,
    viaGlobal: typeof everything.process,
  },
  visible: {
    ENV: typeof __ENV,
    VU: typeof __VU,
    open: typeof open,
    console: typeof console.log,
    setTimeout: typeof setTimeout,
    clearTimeout: typeof clearTimeout,
    setInterval: typeof setInterval,
    TextEncoder: typeof TextEncoder,
    TextDecoder: typeof TextDecoder,
    randomUUID: typeof crypto.randomUUID,
    getRandomValues: typeof crypto.getRandomValues,
    subtle: typeof crypto.subtle,
    JSON: typeof everything.JSON,
    BigInt: typeof BigInt,
  },
};

export default function () {
  everything.own = 1;
  console.log(JSON.stringify(seen));
}
