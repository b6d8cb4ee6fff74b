/** open() and positioned reads of one file by several VUs. */

import exec from 'k6/execution';
import { type File, open as openFile, SeekMode } from 'k6/experimental/fs';

const path = String(__ENV.FILE);
const text = open(path);
const bytes = open(path, 'b');
let file: File;
(async () => {
  file = await openFile(path);
})();

export const options = {
  scenarios: { s: { executor: 'shared-iterations', vus: 3, iterations: 9 } },
};

export default async function () {
  const k = exec.scenario.iterationInTest;
  const record = new Uint8Array(4);
  await file.seek(k * 4, SeekMode.Start);
  const read = await file.read(record);
  const here = await file.seek(0, SeekMode.Current);
  await file.seek(-2, SeekMode.End);
  const tail = await file.read(record.subarray(2));
  console.log(
    JSON.stringify({
      k,
      read,
      here,
      record: String.fromCharCode(...record),
      tail,
      end: await file.read(record),
      stat: await file.stat(),
      text: text.length,
      bytes: bytes.byteLength,
    }),
  );
}
