/** Nobody is answered, and nothing is done, before it is committed; and what follows if a commit fails. */

import type { Action, CampaignEngine } from '../../../campaigns/campaign-engine.ts';
import { CommittedEngine } from '../../../emulator/campaigns/committed-engine.ts';
import type { Outgoing, RecordShelf, ShelfWrite } from '../../../emulator/stores/record-shelf.ts';
import { StoreFullError } from '../../../emulator/stores/store.ts';
import { campaign, dialRequests, engineWith, START } from '../../campaigns/fixtures.ts';

const CAMPAIGN = campaign().id;

/** A shelf that commits when it is told to, and keeps every write. */
function handShelf() {
  const writes: ShelfWrite[] = [];
  let waiting: { write: () => ShelfWrite; end(error?: Error): void }[] = [];
  const shelf: RecordShelf = {
    load: () => ({
      records: writes
        .flatMap(({ changes }) => changes)
        .flatMap(({ kind, value }) => (value === null ? [] : [{ kind, value } as never])),
      outgoing: writes.flatMap(({ outgoing }) => outgoing),
      writtenAt: null,
    }),
    commit: (write) =>
      new Promise((resolve, reject) => {
        waiting.push({ write, end: (error) => (error ? reject(error) : resolve()) });
      }),
    async clear() {
      writes.length = 0;
    },
  };
  return {
    shelf,
    writes,
    /** Commits what waits, or fails the first of it. */
    async commit(failure?: Error) {
      const all = waiting;
      waiting = [];
      for (const [i, { write, end }] of all.entries()) {
        const written = write();
        if (i === 0 && failure) end(failure);
        else {
          writes.push(structuredClone(written));
          end();
        }
      }
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function setUp() {
  const hand = handShelf();
  const acts: Action[] = [];
  const lines: Outgoing[] = [];
  const failures: unknown[] = [];
  const engine = new CommittedEngine({
    shelf: hand.shelf,
    makeEngine: (records) => engineWith({}, {}, records),
    now: () => START,
    linesOf: () => [],
    committed: (actions, outgoing) => {
      acts.push(...actions);
      lines.push(...outgoing);
    },
    failed: (error) => failures.push(error),
  });
  return { ...hand, engine, acts, failures };
}

const put = (engine: CampaignEngine) => engine.putCampaign(campaign());
const accept = (count: number) => (engine: CampaignEngine) =>
  engine.accept(CAMPAIGN, dialRequests(count), START);

/** Whether a promise is settled, after everything that is ready was done. */
async function isOpen(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open');
  const later = new Promise((resolve) => setImmediate(() => resolve(open)));
  return (await Promise.race([promise.catch(() => {}), later])) === open;
}

it('answers, and acts, after the commit', async () => {
  const { engine, commit, acts } = setUp();
  const putting = engine.run(put);
  const accepting = engine.run(accept(25));
  expect(await isOpen(putting)).toBe(true);
  expect(await isOpen(accepting)).toBe(true);
  expect(acts).toEqual([]);
  await commit();
  expect(await accepting).toHaveLength(25);
  expect(acts.map(({ kind }) => kind)).toEqual(['send']);
});

it('commits all work that came before in one transaction', async () => {
  const { engine, commit, writes } = setUp();
  const work = [engine.run(put), engine.run(accept(1)), engine.run(accept(2))];
  await commit();
  await Promise.all(work);
  expect(writes).toHaveLength(1);
});

it('lets a reader wait for what it saw', async () => {
  const { engine, commit } = setUp();
  const putting = engine.run(put);
  const reading = engine.run((one) => one.campaign(CAMPAIGN));
  expect(await isOpen(reading)).toBe(true);
  await commit();
  expect(await reading).toBeDefined();
  await putting;
  expect(await isOpen(engine.run((one) => one.campaign(CAMPAIGN)))).toBe(false);
});

it('tells everybody who waits of a failure, and goes on from what is committed', async () => {
  const { engine, commit, acts, failures } = setUp();
  const putting = engine.run(put);
  await commit();
  await putting;
  const full = new StoreFullError('no room');
  const work = [engine.run(accept(25)), engine.run(accept(3)), engine.run(() => 'read')];
  const outcomes = Promise.allSettled(work);
  await commit(full);
  expect(await outcomes).toEqual(work.map(() => ({ status: 'rejected', reason: full })));
  expect(failures).toEqual([full]);
  expect(acts).toEqual([]);

  const again = engine.run(accept(25));
  expect(engine.look((one) => [...one.requests()])).toHaveLength(25);
  await commit();
  expect(await again).toHaveLength(25);
  expect(acts).toHaveLength(1);
});

it('commits nothing that was built on a failed commit', async () => {
  const { engine, commit, writes } = setUp();
  const full = new StoreFullError('no room');
  const first = engine.run(put);
  // Work that begins in the moment between the failure and its announcement.
  const second = first.catch(() => {});
  const building = Promise.resolve().then(() => engine.run(accept(1)));
  const outcomes = Promise.allSettled([first, building]);
  await commit(full);
  await commit();
  const [one, other] = await outcomes;
  expect(one).toEqual({ status: 'rejected', reason: full });
  expect(other).toEqual({ status: 'rejected', reason: full });
  await second;
  expect(writes.flatMap(({ changes }) => changes)).toEqual([]);
});

it('keeps what work did before it threw, and tells the error', async () => {
  const { engine, commit, writes } = setUp();
  const defect = new Error('a defect');
  const working = engine.run((one) => {
    put(one);
    throw defect;
  });
  await expect(working).rejects.toBe(defect);
  await commit();
  expect(writes.flatMap(({ changes }) => changes)).toMatchObject([{ kind: 'campaign' }]);
});

it('keeps a line for a sink until it is dropped, through a failure too', async () => {
  const { engine, commit, writes } = setUp();
  engine.drop([7]);
  await commit(new StoreFullError('no room'));
  const putting = engine.run(put);
  await commit();
  await putting;
  expect(writes.map(({ taken }) => taken)).toEqual([[7]]);
});
