/** --live. */

import { Option } from 'commander';
import { wholeNumber } from './read-option.ts';

/** @param what what the page shows. */
export function liveOption(what: 'load' | 'campaign'): Option {
  return new Option(
    '--live [port]',
    `serve a page on this machine that shows the ${what}; without a port, on any free one`,
  )
    .argParser(wholeNumber(0, 65_535))
    .preset(0);
}
