import { readPact } from '../contracts/pact-file.ts';
import { mutate } from '../contracts/mutation/mutate.ts';
mutate(readPact(process.argv[2]!), { now: Date.now }).then(m=>console.log(JSON.stringify(m.checks), m.result.durationMs, m.result.provider, m.result.client));
