/**
 * What `http.put()` and `sleep()` give here: a promise, where in k6 the call blocks.
 *
 * Whoever waits for a promise (await, then, Promise.all) reads its `constructor`; so the getter below
 * knows of every call that nobody has waited for, at no cost to those that were.
 */

/** Calls of one VU that k6 would have blocked in, and that nothing has waited for yet. */
export type Unawaited = Set<Pending<unknown>>;

export class Pending<T> extends Promise<T> {
  /** As the script wrote it, such as `http.put()`. */
  call = '';
  unawaited: Unawaited | null = null;
}

Object.defineProperty(Pending.prototype, 'constructor', {
  get(this: Pending<unknown>) {
    this.unawaited?.delete(this);
    // With the plain constructor `await` takes this promise as it is, without wrapping it.
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

/** The sentence for a call that nothing has waited for. */
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

/**
 * Runs the body of a function that was made to wait when the script was bundled. Its calls are awaited
 * where they could be seen; whoever else calls it is found out as for `http.get()` itself.
 */
export function waiting(
  unawaited: Unawaited,
  name: string,
  body: () => Promise<unknown>,
): Pending<unknown> {
  const { promise, resolve, reject } = openPending<unknown, Pending<unknown>>(
    Pending<unknown>,
    name === '' ? 'a function without a name' : `${name}()`,
    unawaited,
  );
  body().then(resolve, (reason: Error) => unawaited.has(promise) || reject(reason));
  return promise;
}

function unsettled(): never {
  throw new Error('a promise ran its executor late');
}

/**
 * A kind of pending call whose result's members throw when they are read off the promise itself.
 *
 * @param members names that only the awaited result has.
 */
export function guarded<T>(members: readonly string[]): PendingClass<T, Pending<T>> {
  class Guarded extends Pending<T> {}
  // The subclass brought its own `constructor`; the getter must stay in sight.
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
