/** Other load generators, sending bare constant PUTs over 20 connections. */

import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Job {
  readonly url: string;
  readonly seconds: number;
  /** Path of a file with the body. */
  readonly body: string;
  /** Path of the file that gets `Rival.script`. */
  readonly script: string;
}

export interface Rival {
  readonly program: string;
  args(job: Job): readonly string[];
  /** What the program has to be told in a file, where arguments do not do. */
  script?(job: Job): string;
}

const JSON_TYPE = 'application/json';

export const RIVALS: readonly Rival[] = [
  {
    program: 'wrk',
    args: ({ url, seconds, script }) => ['-t1', '-c20', `-d${seconds}s`, '-s', script, url],
    script: ({ body }) =>
      `wrk.method = "PUT"\nwrk.body = io.open("${body}", "rb"):read("*a")\n` +
      `wrk.headers["Content-Type"] = "${JSON_TYPE}"\n`,
  },
  {
    program: 'hey',
    args: ({ url, seconds, body }) =>
      `-z ${seconds}s -c 20 -m PUT -T ${JSON_TYPE} -D ${body} ${url}`.split(' '),
  },
  {
    program: 'vegeta',
    args: ({ seconds, script }) =>
      `attack -rate=0 -workers=20 -max-workers=20 -connections=20 -duration=${seconds}s -targets=${script} -output=/dev/null`.split(
        ' ',
      ),
    script: ({ url, body }) => `PUT ${url}\nContent-Type: ${JSON_TYPE}\n@${body}\n`,
  },
  {
    program: 'artillery',
    args: ({ script }) => ['run', '--quiet', script],
    // It does not end by itself. The benchmark ends it.
    script: ({ url, body }) =>
      JSON.stringify({
        config: {
          target: url,
          http: { maxSockets: 20 },
          phases: [{ duration: 1, arrivalCount: 20 }],
        },
        scenarios: [
          {
            flow: [
              {
                loop: [
                  {
                    put: {
                      url: '/',
                      headers: { 'content-type': JSON_TYPE },
                      body: readFileSync(body, 'utf8'),
                    },
                  },
                ],
                count: 1_000_000,
              },
            ],
          },
        ],
      }),
  },
];

/** Whether PATH has the program. */
export function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
