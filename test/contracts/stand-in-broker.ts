/**
 * A Pact Broker's part in one road, in memory: publish, verify with results, can-i-deploy, record a
 * deployment. Its answers follow the Broker's documented HAL API, for the calls that the `pact`
 * command line and the verifier were seen to make.
 */

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { listen } from '../support/listen.ts';

export interface Refusal {
  readonly status: number;
  readonly body: unknown;
}

export interface StandInBroker {
  readonly url: string;
  /** Method and path of each call that was let in, in turn. */
  readonly calls: readonly string[];
  /** Every value of the Authorization header that came. */
  readonly authorizations: ReadonlySet<string>;
  readonly published: readonly Published[];
  readonly verifications: readonly Verification[];
  readonly branches: ReadonlyMap<string, string>;
  readonly deployed: readonly string[];
  /** From now on, calls whose path begins so are refused. */
  refuse(path: string, refusal: Refusal): void;
  close(): Promise<void>;
}

export interface Published {
  readonly consumer: string;
  readonly provider: string;
  readonly version: string;
  readonly branch: string | null;
  readonly buildUrl: string | null;
  readonly pact: string;
  readonly sha: string;
}

export interface Verification {
  readonly sha: string;
  readonly success: boolean;
  readonly version: string;
  readonly buildUrl: string | null;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

type Handler = (found: readonly string[], body: Body, query: URLSearchParams) => Answer;
// biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes, read by the tests only
type Body = any;

const ENVIRONMENTS = ['test', 'production'];

/** @param authorization the only value of that header that is let in. */
export async function openStandInBroker(authorization: string | null): Promise<StandInBroker> {
  const calls: string[] = [];
  const authorizations = new Set<string>();
  const published: Published[] = [];
  const verifications: Verification[] = [];
  const branches = new Map<string, string>();
  const deployed: string[] = [];
  const refusals: [string, Refusal][] = [];

  const at = (...parts: string[]) => `${url}/${parts.map(encodeURIComponent).join('/')}`;
  const link = (href: string, name?: string) => ({ href, ...(name ? { name } : {}) });
  const pactUrl = ({ provider, consumer, sha }: Published) =>
    at('pacts', 'provider', provider, 'consumer', consumer, 'pact-version', sha);
  const known = (name: string, version: string) =>
    published.some((one) => one.consumer === name && one.version === version) ||
    branches.has(`${name} ${version}`);

  const ROUTES: readonly (readonly [RegExp, Handler])[] = [
    [
      /^GET \/$/,
      () => ({
        status: 200,
        body: {
          _links: {
            self: link(`${url}/`),
            'pb:publish-contracts': link(at('contracts', 'publish')),
            'pb:provider-pacts-for-verification': {
              href: `${url}/pacts/provider/{provider}/for-verification`,
              templated: true,
            },
            'pb:pacticipant-version': {
              href: `${url}/pacticipants/{pacticipant}/versions/{version}`,
              templated: true,
            },
            'pb:environments': link(at('environments')),
          },
        },
      }),
    ],
    [
      /^POST \/contracts\/publish$/,
      (_, { pacticipantName, pacticipantVersionNumber, branch, buildUrl, contracts }) => {
        for (const { consumerName, providerName, content } of contracts) {
          const pact = Buffer.from(content, 'base64').toString();
          published.push({
            consumer: consumerName,
            provider: providerName,
            version: pacticipantVersionNumber,
            branch: branch ?? null,
            buildUrl: buildUrl ?? null,
            pact,
            sha: createHash('sha1').update(pact).digest('hex'),
          });
        }
        return {
          status: 200,
          body: {
            notices: [{ type: 'success', text: `Pact published for ${pacticipantName}` }],
            _embedded: {
              pacticipant: {
                name: pacticipantName,
                _links: { self: link(at('pacticipants', pacticipantName)) },
              },
              version: {
                number: pacticipantVersionNumber,
                _links: {
                  self: link(
                    at('pacticipants', pacticipantName, 'versions', pacticipantVersionNumber),
                  ),
                },
              },
            },
            _links: {
              'pb:pacticipant': link(at('pacticipants', pacticipantName)),
              'pb:contracts': published.map((one) => link(pactUrl(one))),
            },
          },
        };
      },
    ],
    [
      /^GET \/pacts\/provider\/([^/]+)\/for-verification$/,
      ([provider = '']) => ({ status: 200, body: forVerification(provider) }),
    ],
    [
      /^POST \/pacts\/provider\/([^/]+)\/for-verification$/,
      ([provider = '']) => ({ status: 200, body: forVerification(provider) }),
    ],
    [
      /^GET \/pacts\/provider\/[^/]+\/consumer\/[^/]+\/pact-version\/(\w+)$/,
      ([sha]) => {
        const one = published.find((pact) => pact.sha === sha);
        if (!one) return { status: 404, body: { error: 'No such pact' } };
        return {
          status: 200,
          body: {
            ...JSON.parse(one.pact),
            _links: {
              self: link(pactUrl(one)),
              'pb:provider': link(at('pacticipants', one.provider), one.provider),
              'pb:publish-verification-results': link(`${pactUrl(one)}/verification-results`),
            },
          },
        };
      },
    ],
    [
      /^GET \/pacticipants\/([^/]+)$/,
      ([name = '']) => ({
        status: 200,
        body: {
          name,
          _links: {
            self: link(at('pacticipants', name)),
            'pb:branch-version': {
              href: `${at('pacticipants', name)}/branches/{branch}/versions/{version}`,
              templated: true,
            },
          },
        },
      }),
    ],
    [
      /^PUT \/pacticipants\/([^/]+)\/branches\/([^/]+)\/versions\/([^/]+)$/,
      ([name, branch = '', version]) => {
        branches.set(`${name} ${version}`, branch);
        return { status: 201, body: {} };
      },
    ],
    [
      /^POST \/pacts\/provider\/[^/]+\/consumer\/[^/]+\/pact-version\/(\w+)\/verification-results$/,
      ([sha = ''], { success, providerApplicationVersion, buildUrl }) => {
        const version = String(providerApplicationVersion);
        verifications.push({ sha, success, version, buildUrl: buildUrl ?? null });
        return { status: 201, body: { success } };
      },
    ],
    [/^GET \/matrix$/, (_, __, query) => matrix(query)],
    [
      /^GET \/environments$/,
      () => ({
        status: 200,
        body: {
          _embedded: {
            environments: ENVIRONMENTS.map((name) => ({
              uuid: name,
              name,
              displayName: name,
              production: name === 'production',
              _links: { self: link(at('environments', name)) },
            })),
          },
        },
      }),
    ],
    [
      /^GET \/pacticipants\/([^/]+)\/versions\/([^/]+)$/,
      ([name = '', version = '']) =>
        known(name, version)
          ? {
              status: 200,
              body: {
                number: version,
                _links: {
                  self: link(at('pacticipants', name, 'versions', version)),
                  'pb:record-deployment': ENVIRONMENTS.map((environment) => ({
                    name: environment,
                    href: at('deployments', name, version, environment),
                  })),
                },
              },
            }
          : { status: 404, body: { error: `No version ${version} of ${name} found` } },
    ],
    [
      /^POST \/deployments\/([^/]+)\/([^/]+)\/([^/]+)$/,
      ([name, version, environment]) => {
        deployed.push(`${name} ${version} ${environment}`);
        return { status: 201, body: { currentlyDeployed: true } };
      },
    ],
  ];

  function forVerification(provider: string) {
    const latest = published.filter((one) => one.provider === provider).at(-1);
    return {
      _links: { self: link(at('pacts', 'provider', provider, 'for-verification')) },
      _embedded: {
        pacts: latest
          ? [
              {
                shortDescription: 'latest from main branch',
                verificationProperties: { notices: [], pending: false },
                _links: { self: link(pactUrl(latest), `Pact of ${latest.consumer}`) },
              },
            ]
          : [],
      },
    };
  }

  /** Whether all that the asked version has a pact with has verified it: the rule of the matrix. */
  function matrix(query: URLSearchParams): Answer {
    const name = query.get('q[][pacticipant]') ?? '';
    const version = query.get('q[][version]') ?? '';
    if (!known(name, version)) {
      return { status: 200, body: { summary: summary(null, `No version ${version}`), matrix: [] } };
    }
    const pacts = published.filter(
      (one) =>
        (one.consumer === name && one.version === version) ||
        (one.provider === name && verifications.some((result) => result.version === version)),
    );
    const rows = pacts.map((pact) => {
      const result = verifications.filter(({ sha }) => sha === pact.sha).at(-1) ?? null;
      return {
        consumer: { name: pact.consumer, version: { number: pact.version } },
        provider: { name: pact.provider, version: result ? { number: result.version } : null },
        pact: { createdAt: '2026-01-01T00:00:00+00:00' },
        verificationResult: result && {
          success: result.success,
          _links: {
            self: link(
              `${pactUrl(pact)}/verification-results/${verifications.indexOf(result) + 1}`,
            ),
          },
        },
      };
    });
    const missing = rows.find((row) => !row.verificationResult);
    const ok = rows.length > 0 && rows.every((row) => row.verificationResult?.success);
    const reason = missing
      ? `There is no verified pact between version ${version} of ${missing.consumer.name} and ${missing.provider.name}`
      : ok
        ? 'All required verification results are published and successful'
        : `The verification for the pact failed`;
    return {
      status: 200,
      body: {
        summary: summary(missing ? null : ok, reason),
        notices: [{ type: ok ? 'success' : 'error', text: reason }],
        matrix: rows,
      },
    };
  }

  const summary = (deployable: boolean | null, reason: string) => ({
    deployable,
    reason,
    success: deployable ? 1 : 0,
    failed: deployable === false ? 1 : 0,
    unknown: deployable === null ? 1 : 0,
  });

  const server = createServer(async (req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://stand-in');
    const call = `${req.method} ${pathname}`;
    const say = ({ status, body }: Answer) => {
      res.writeHead(status, { 'content-type': 'application/hal+json;charset=utf-8' });
      res.end(JSON.stringify(body));
    };
    const text = await textOf(req);
    authorizations.add(req.headers.authorization ?? '');
    if (authorization !== null && req.headers.authorization !== authorization) {
      return say({ status: 401, body: { error: 'Unauthorized' } });
    }
    calls.push(call);
    const refused = refusals.find(([path]) => pathname.startsWith(path));
    if (refused) return say(refused[1]);
    for (const [pattern, handle] of ROUTES) {
      const found = pattern.exec(call);
      if (!found) continue;
      const parts = found.slice(1).map(decodeURIComponent);
      return say(handle(parts, text === '' ? null : JSON.parse(text), searchParams));
    }
    say({ status: 404, body: { error: `The stand-in has no ${call}` } });
  });
  const port = await listen(server);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    calls,
    authorizations,
    published,
    verifications,
    branches,
    deployed,
    refuse: (path, refusal) => refusals.push([path, refusal]),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}
