/** Shows the counts of a file of events, or of those that arrive at a port until Ctrl-C. */

import { readFileSync } from 'node:fs';
import { EventCounts } from './handler.ts';
import { receive } from './receiver.ts';

const [target = '4020'] = process.argv.slice(2);
const counts = new EventCounts();

function show(): void {
  console.table(counts.byType);
  console.table(counts.byReason);
  console.log(`${counts.open} open, ${counts.repeated} repeated, ${counts.refused} not understood`);
}

if (/^\d+$/.test(target)) {
  void receive(counts, Number(target)).then(({ url, close }) => {
    console.log(`dialproof emulator --events ${url}`);
    const every = setInterval(show, 2_000);
    process.once('SIGINT', () => {
      clearInterval(every);
      show();
      void close();
    });
  });
} else {
  counts.takeLines(readFileSync(target, 'utf8'));
  show();
}
