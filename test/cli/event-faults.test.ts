/** `--event-faults`. */

import { readEventFaults } from '../../cli/options/event-faults-option.ts';

it('reads shares and a seed', () => {
  expect(readEventFaults('loss=0.01,repetition=1,reordering=0,seed=7')).toEqual({
    loss: 0.01,
    repetition: 1,
    reordering: 0,
    seed: 7,
  });
});

it.each(['loss=1.5', 'loss', 'loss=', 'loss=a', 'loss=0.1=0.2', 'delay=0.1', 'seed=0.5', ''])(
  'refuses %j',
  (text) => {
    expect(() => readEventFaults(text)).toThrow('write shares from 0 to 1');
  },
);
