import { conclusion, type Search, search } from '../../load/breakpoint.ts';

const BOUNDS: Search = { low: 50, high: 400, ceiling: 1_500, precision: 0.1 };

/** A target that holds up to `limit`. */
const limitedTo = (limit: number) => async (rate: number) => (rate <= limit ? null : 'too slow');
const rates = (steps: readonly { rate: number }[]) => steps.map(({ rate }) => rate);

describe('the search for the highest rate', () => {
  it.each([50, 51, 60, 137, 399, 400, 401, 777, 1_200])(
    'ends within a tenth of a limit of %d',
    async (limit) => {
      const steps = await search(BOUNDS, limitedTo(limit));
      const held = Math.max(...rates(steps.filter(({ why }) => why === null)));
      const broke = Math.min(...rates(steps.filter(({ why }) => why !== null)));
      expect(held).toBeLessThanOrEqual(limit);
      expect(broke).toBeGreaterThan(limit);
      expect(broke === held + 1 || broke <= held * 1.1).toBe(true);
      expect(new Set(rates(steps)).size).toBe(steps.length);
      expect(steps.length).toBeLessThan(12);
    },
  );

  it('goes no higher than the ceiling, and says that there was no more to try', async () => {
    const steps = await search(BOUNDS, limitedTo(10_000));
    expect(rates(steps)).toEqual([400, 600, 900, 1_350, 1_500]);
    expect(conclusion(steps, 1_500)).toBe(
      'The highest rate that held the objective is 1500 batches a second, and no more than 1500 was to be tried.',
    );
  });

  it('finds no rate where the lowest does not hold', async () => {
    const steps = await search(BOUNDS, limitedTo(49));
    expect(rates(steps)).toEqual([400, 50]);
    expect(conclusion(steps, 1_500)).toBe('No rate was found that holds the objective.');
  });

  it('ends when it is told to', async () => {
    const tried: number[] = [];
    const steps = await search(BOUNDS, async (rate) => {
      tried.push(rate);
      return tried.length < 2 ? 'too slow' : undefined;
    });
    expect(rates(steps)).toEqual([400]);
  });

  it('says which rate was the first too high, and why', async () => {
    const steps = await search(BOUNDS, limitedTo(137));
    expect(conclusion(steps, 1_500)).toMatch(
      /^The highest rate that held the objective is 1[23]\d batches a second; 1[34]\d did not: too slow$/,
    );
  });
});
