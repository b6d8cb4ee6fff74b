import { createService } from './emulator/emulator.ts';
import { exchange } from './emulator/exchange.ts';
import { prepare } from './bench/emulator.ts';
import { headersOf } from './emulator/headers.ts';
import { readBodyBytes } from './emulator/read-body.ts';
import { readBody, canonicalPayload } from './operation/read-request.ts';
import { decide } from './operation/decide.ts';
import { createHash, hash } from 'node:crypto';
async function main() {
  const service = createService({ profile: 'stress' });
  const N = 3000;
  const reqs = Array.from({ length: 6*N }, () => { const { headers, body } = prepare('127.0.0.1:1'); return { method: 'PUT', target: '/contact/batch/8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b', headers: Object.entries(headers).flat(), body, bodyBytes: body.length }; });
  console.log('bytes', reqs[0]!.body.length);
  for (let r = 0; r < 6; r++) {
    const c = process.cpuUsage(); const t = performance.now();
    for (let i = 0; i < N; i++) { const rep = await exchange(reqs[r*N+i]!, service); if (rep.status !== 200) throw new Error(rep.body); }
    const u = process.cpuUsage(c);
    console.log('exchange', ((performance.now() - t) * 1000 / N).toFixed(1), ((u.user + u.system) / N).toFixed(1));
  }
  const parsed = JSON.parse(reqs[0]!.body.toString());
  const rb = readBody(parsed) as any;
  const facts = service.facts; const inst = facts.instances[0]!;
  const signed = (r: any) => ({ method: 'PUT', path: r.target, query: '', headers: headersOf(r.headers), body: r.body });
  const parts: [string, (i: number) => unknown][] = [
    ['verify', (i) => service.verify(signed(reqs[i]!), facts, Date.now())],
    ['sha body', (i) => hash('sha256', reqs[i]!.body)],
    ['JSON.parse', (i) => JSON.parse(reqs[i]!.body.toString('utf8'))],
    ['readBodyBytes', (i) => readBodyBytes(reqs[i]!.body, facts.choices)],
    ['readBody', () => readBody(parsed)],
    ['canonical', () => canonicalPayload(inst.id, rb.request.ContactDataRequestList)],
    ['decide', () => decide(rb.request.ContactDataRequestList, facts, inst)],
  ];
  for (let k = 0; k < 2; k++) for (const [n, f] of parts) { for (let i = 0; i < N; i++) f(i); const t = performance.now(); for (let i = 0; i < N; i++) f(i); console.log(n, ((performance.now() - t) * 1000 / N).toFixed(1)); }
}
main();
