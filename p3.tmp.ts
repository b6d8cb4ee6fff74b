import { createService } from './emulator/emulator.ts';
import { exchange } from './emulator/exchange.ts';
import { prepare } from './bench/emulator.ts';
async function main() {
  const service = createService({ profile: 'stress' });
  const N = 3000;
  const reqs = Array.from({ length: 6*N }, () => { const { headers, body } = prepare('127.0.0.1:1'); return { method: 'PUT', target: '/contact/batch/8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b', headers: Object.entries(headers).flat(), body, bodyBytes: body.length }; });
  for (let r = 0; r < 6; r++) {
    const c = process.cpuUsage(); const t = performance.now();
    for (let i = 0; i < N; i++) { const rep = await exchange(reqs[r*N+i]!, service); if (rep.status !== 200) throw new Error(rep.body); }
    const u = process.cpuUsage(c);
    console.log('exchange', ((performance.now() - t) * 1000 / N).toFixed(1), ((u.user + u.system) / N).toFixed(1));
  }
}
main();
