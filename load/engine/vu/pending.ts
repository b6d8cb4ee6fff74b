/**
 * The promise that calls such as `http.put()` and `sleep()` return here. In k6 these calls block.
 *
 * Code that waits for a promise (await, then, Promise.all) reads its `constructor`. The getter below uses this to
 * find every call that nothing has waited for.
 */

/** Calls of one VU that block in k6 and that nothing has waited for yet. */
export type Unawaited = Set<Pending<unknown>>;

export class Pending<T> extends Promise<T> {
  /** The call as the script wrote it, such as `http.put()`. */
  call = '';
  unawaited: Unawaited | null = null;
  /** Whether it is the promise of an async function that the script itself declares. */
  own = false;
}

Object.defineProperty(Pending.prototype, 'constructor', {
  get(this: Pending<unknown>) {
    this.unawaited?.delete(this);
    // With Promise as its constructor, `await` does not wrap the promise in another one.
    return Promise;
  },
});

export interface PendingSettler<T, P extends Pending<T> = Pending<T>> {
  readonly promise: P;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

export type PendingClass<T, P extends Pending<T>> = new (
  run: (resolve: (value: T) => void, reject: (reason: Error) => void) => void,
) => P;

/** The message about a call that nothing has waited for. */
export function forgotten({ call }: Pending<unknown>, others = ''): string {
  const how = call.endsWith('()') ? `write "await ${call.replace('()', '(…)')}"` : 'await it';
  return `${call} was called without await${others}: ${how} (in k6 itself the await changes nothing)`;
}

/** Opens a call that has to be awaited. */
export function openPending<T, P extends Pending<T>>(
  Kind: PendingClass<T, P>,
  call: string,
  unawaited: Unawaited,
): PendingSettler<T, P> {
  let resolve: (value: T) => void = unsettled;
  let reject: (reason: Error) => void = unsettled;
  const promise = new Kind((yes, no) => {
    resolve = yes;
    reject = no;
  });
  promise.call = call;
  promise.unawaited = unawaited;
  unawaited.add(promise);
  return { promise, resolve, reject };
}

/** Whether a value is the promise of a call that blocks in k6. Promises that the script itself makes are not. */
export function isOurs(value: unknown): value is Pending<unknown> {
  return value instanceof Pending && !value.own;
}

/**
 * Runs the body of a function that the bundler made asynchronous. The bundler awaits the calls of the function
 * that it can see. A call that nothing awaits is detected at run time, as for `http.get()`.
 *
 * @param own whether the script itself declares the function `async`.
 */
export function waiting(
  unawaited: Unawaited,
  name: string,
  body: () => Promise<unknown>,
  own = false,
): Pending<unknown> {
  const { promise, resolve, reject } = openPending<unknown, Pending<unknown>>(
    Pending<unknown>,
    name === '' ? 'a function without a name' : `${name}()`,
    unawaited,
  );
  promise.own = own;
  body().then(resolve, (reason: Error) => unawaited.has(promise) || reject(reason));
  return promise;
}

function unsettled(): never {
  throw new Error('a promise ran its executor late');
}

/**
 * Creates a class of promises that throw if a member of the result is read from the promise itself.
 *
 * @param members names that only the awaited result has.
 */
export function guarded<T>(members: readonly string[]): PendingClass<T, Pending<T>> {
  class Guarded extends Pending<T> {}
  // The subclass has its own `constructor`, which would hide the getter.
  Reflect.deleteProperty(Guarded.prototype, 'constructor');
  for (const member of members) {
    Object.defineProperty(Guarded.prototype, member, {
      get(this: Pending<T>): never {
        throw new Error(
          `${member} was read of ${this.call} without await: write "await ${this.call.replace('()', '(…)')}" (in k6 itself the await changes nothing)`,
        );
      },
    });
  }
  return Guarded;
}
