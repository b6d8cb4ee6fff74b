import { startEmulator } from '../emulator/emulator.ts';
import { runContracts } from './contracts.ts';
(async () => {
  const e = await startEmulator({ profile: 'stress', bugs: process.argv[2] ? [process.argv[2] as never] : [] });
  const t = Date.now();
  const r = await runContracts({ pactDir: '/tmp/px/run/pacts', target: { url: e.url, controlUrl: e.controlUrl, ...e.credentials } });
  await e.close();
  console.log(r.verdict, r.pactFile, r.durationMs, Date.now() - t);
  for (const i of r.interactions) if (i.consumer !== 'pass' || i.provider !== 'pass') console.log(i);
  for (const c of r.checks) console.log(c);
})();
