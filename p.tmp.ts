import { benchEmulator } from './bench/emulator.ts';
benchEmulator().then((r) => console.log(r.rows.map(x=>x.label+' '+x.median+' '+x.all.join(' ')).join('\n'), r.ratio.value));
