/**
 * A Pact Broker in memory: the parts of its documented HAL API that publishing, results,
 * can-i-deploy and record-deployment touch. It keeps what it is sent, and asks for a login.
 */

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Sent {
  readonly call: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export interface StandInBroker {
  readonly url: string;
  /** Every call, in order. */
  readonly sent: Sent[];
  /** Answers a call in the Broker's place; null leaves it to the Broker. */
  instead: (call: string) => Reply | null;
  close(): Promise<void>;
}

interface Published {
  readonly pacticipantName: string;
  readonly pacticipantVersionNumber: string;
  readonly contracts: readonly { readonly content: string }[];
}

interface Result {
  readonly consumerVersion: string;
  readonly providerApplicationVersion: string;
  readonly success: boolean;
}

const ENVIRONMENTS = ['test', 'production'];

/** @param authorization the header that a caller must send; null for none. */
export async function standInBroker(authorization: string | null = null): Promise<StandInBroker> {
  const pacts = new Map<string, string>();
  const versions = new Set<string>();
  const results: Result[] = [];
  const deployed = new Map<string, string>();
  const sent: Sent[] = [];

  const server = createServer(async (request, reply) => {
    const body = await bodyOf(request);
    const call = `${request.method} ${request.url}`;
    sent.push({ call, authorization: request.headers.authorization, body });
    const allowed = authorization === null || request.headers.authorization === authorization;
    const answer = broker.instead(call) ?? (allowed ? route(call, body) : status(401));
    reply.writeHead(answer.status, { 'content-type': 'application/hal+json;charset=utf-8' });
    reply.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const broker: StandInBroker = {
    url,
    sent,
    instead: () => null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return broker;

  function route(call: string, body: unknown): Reply {
    if (call === 'GET /') return ok({ _links: index(url) });
    if (call === 'POST /contracts/publish') return publish(body as Published);
    const [path, query] = (call.split(' ')[1] ?? '').split('?');
    const parts = (path ?? '').slice(1).split('/').map(decodeURIComponent);
    if (path === '/matrix') return matrix(new URLSearchParams(query));
    if (parts[0] === 'pacts' && parts[7] === 'verification-results') {
      return verified(parts[6] ?? '', body as Result);
    }
    if (parts[0] === 'pacts') return pactOf(parts[6] ?? '', path ?? '');
    if (parts[0] === 'pacticipants') return version(parts, path ?? '');
    return status(404);
  }

  function publish({ pacticipantName, pacticipantVersionNumber, contracts }: Published): Reply {
    const content = Buffer.from(contracts[0]?.content ?? '', 'base64').toString();
    const before = pacts.get(pacticipantVersionNumber);
    if (before !== undefined && before !== content) {
      const text = 'Cannot change the content of the pact for this version';
      return { status: 409, body: { notices: [{ type: 'error', text }], errors: {} } };
    }
    pacts.set(pacticipantVersionNumber, content);
    versions.add(`${pacticipantName} ${pacticipantVersionNumber}`);
    return ok({ notices: [{ type: 'success', text: 'Pact successfully published' }], _links: {} });
  }

  function pactOf(consumerVersion: string, path: string): Reply {
    const pact = pacts.get(consumerVersion);
    if (pact === undefined) return status(404);
    const _links = { 'pb:publish-verification-results': { href: `${url}${path}/verification-results` } };
    return ok({ ...(JSON.parse(pact) as object), createdAt: '2026-01-01T00:00:00Z', _links });
  }

  function verified(consumerVersion: string, result: Result): Reply {
    results.push({ ...result, consumerVersion });
    versions.add(`dialproof-emulator ${result.providerApplicationVersion}`);
    return { status: 201, body: { ...result, _links: { self: { href: url } } } };
  }

  /** The newest result for what is deployed there decides. */
  function matrix(query: URLSearchParams): Reply {
    const consumerVersion = query.get('q[][version]') ?? '';
    const environment = query.get('environment') ?? '';
    const there = deployed.get(`dialproof-emulator ${environment}`);
    const row = results.findLast(
      (one) =>
        one.consumerVersion === consumerVersion && one.providerApplicationVersion === there,
    );
    const deployable = row?.success ?? null;
    const reason =
      deployable === null
        ? `There is no verified pact between outbound-dialer (${consumerVersion}) and the version of dialproof-emulator currently in ${environment}`
        : deployable
          ? 'All required verification results are published and successful'
          : `The verification for the pact between outbound-dialer (${consumerVersion}) and dialproof-emulator (${there}) failed`;
    return ok({
      summary: {
        deployable,
        reason,
        success: deployable === true ? 1 : 0,
        failed: deployable === false ? 1 : 0,
        unknown: deployable === null ? 1 : 0,
      },
      notices: [{ type: deployable ? 'success' : 'error', text: reason }],
      matrix: [],
    });
  }

  function version([, name, , number, , , environment]: string[], path: string): Reply {
    if (!versions.has(`${name} ${number}`)) return status(404);
    if (environment !== undefined) {
      deployed.set(`${name} ${environment}`, number ?? '');
      return { status: 201, body: { currentlyDeployed: true, _links: {} } };
    }
    const links = ENVIRONMENTS.map((one) => ({
      name: one,
      title: `Record deployment to ${one}`,
      href: `${url}${path}/deployed-versions/environment/${one}`,
    }));
    return ok({ number, _links: { 'pb:record-deployment': links } });
  }
}

function index(url: string) {
  return {
    self: { href: url },
    'pb:publish-contracts': { href: `${url}/contracts/publish` },
    'pb:publish-pact': {
      href: `${url}/pacts/provider/{provider}/consumer/{consumer}/version/{consumerApplicationVersion}`,
      templated: true,
    },
  };
}

const ok = (body: unknown): Reply => ({ status: 200, body });
const status = (code: number): Reply => ({ status: code, body: {} });

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
  return text === '' ? null : (JSON.parse(text) as unknown);
}
