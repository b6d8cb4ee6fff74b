import { readFileSync, writeFileSync } from 'node:fs';
import { madeOnce } from './made-once.ts';

test('the first makes it, and the others find it', () => {
  const one = madeOnce('made-once-test', (path) => writeFileSync(path, 'one'));
  expect(readFileSync(one, 'utf8')).toBe('one');
  const other = madeOnce('made-once-test', () => {
    throw new Error('made twice');
  });
  expect(other).toBe(one);
});

test('what cannot be made is told to the others at once, with the reason', () => {
  const make = () => {
    throw new Error('the disk is full');
  };
  expect(() => madeOnce('made-once-failure', make)).toThrow('the disk is full');
  const other = () => madeOnce('made-once-failure', () => {});
  expect(other).toThrow('the disk is full');
});
