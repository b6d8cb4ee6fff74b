/** Reads a Smithy JSON AST as models. */

import type { Place } from '../../run/statements/contracts.ts';
import {
  type Bound,
  type Model,
  membersOf,
  NO_MEMBERS,
  type Node,
  nodeOfType,
  type Source,
  typeNamed,
  type Values,
} from './model.ts';

interface SmithyShape {
  readonly type: string;
  readonly version?: string;
  readonly traits?: Traits;
  readonly members?: Readonly<Record<string, SmithyMember>>;
  readonly member?: SmithyMember;
  readonly key?: SmithyMember;
  readonly value?: SmithyMember;
  readonly input?: Reference;
  readonly output?: Reference;
  readonly errors?: readonly Reference[];
}

interface Reference {
  readonly target: string;
}

interface SmithyMember extends Reference {
  readonly traits?: Traits;
}

interface Traits {
  readonly 'smithy.api#required'?: object;
  readonly 'smithy.api#length'?: Bound;
  readonly 'smithy.api#range'?: Bound;
  readonly 'smithy.api#pattern'?: string;
  readonly 'smithy.api#timestampFormat'?: string;
  readonly 'smithy.api#http'?: {
    readonly method: string;
    readonly uri: string;
    readonly code?: number;
  };
  readonly 'smithy.api#httpError'?: number;
  readonly 'smithy.api#error'?: 'client' | 'server';
  readonly 'smithy.api#enumValue'?: string;
  /** The enum of a text in Smithy 1. */
  readonly 'smithy.api#enum'?: readonly { readonly value: string }[];
  readonly 'smithy.api#jsonName'?: string;
  readonly 'smithy.api#httpLabel'?: object;
  readonly 'smithy.api#httpQuery'?: string;
  readonly 'smithy.api#httpHeader'?: string;
  readonly 'smithy.api#httpPrefixHeaders'?: string;
  readonly 'smithy.api#httpResponseCode'?: object;
  readonly 'aws.api#service'?: { readonly endpointPrefix?: string };
  readonly 'aws.auth#sigv4'?: { readonly name?: string };
}

/** The traits that are compared, by their names in a definition. */
const TRAITS: Readonly<Record<string, string>> = {
  idempotencyToken: 'smithy.api#idempotencyToken',
  sensitive: 'smithy.api#sensitive',
  deprecated: 'smithy.api#deprecated',
  idempotent: 'smithy.api#idempotent',
  readonly: 'smithy.api#readonly',
  streaming: 'smithy.api#streaming',
};

const PROTOCOLS: Readonly<Record<string, string>> = {
  'aws.protocols#restJson1': 'rest-json',
  'aws.protocols#restXml': 'rest-xml',
  'aws.protocols#awsJson1_0': 'json',
  'aws.protocols#awsJson1_1': 'json',
  'aws.protocols#awsQuery': 'query',
  'aws.protocols#ec2Query': 'ec2',
  'smithy.protocols#rpcv2Cbor': 'smithy-rpc-v2-cbor',
};

/** @returns null if the JSON is not a Smithy AST. */
export function smithySource(json: unknown, name: string): Source | null {
  const { shapes } = json as { shapes?: Readonly<Record<string, SmithyShape>> };
  if (!shapes || !Object.values(shapes).some(({ type }) => type === 'operation')) return null;
  const shapeOf = (target: string): SmithyShape => {
    const found = shapes[target] ?? prelude(target);
    if (!found) throw new Error(`${name} has no shape ${target}`);
    return found;
  };
  const nodeOf = ({ target, traits = {} }: SmithyMember): Node => {
    const shape = shapeOf(target);
    const { members = {}, member, key, value } = shape;
    const of = { ...shape.traits, ...traits };
    const isEnum = shape.type === 'enum' || shape.type === 'intEnum';
    return nodeOfType(typeNamed(shape.type), {
      bound: of['smithy.api#length'] ?? of['smithy.api#range'] ?? {},
      pattern: of['smithy.api#pattern'] ?? null,
      values: valuesOf(target, shape),
      format: of['smithy.api#timestampFormat'] ?? null,
      traits: traitsIn(of),
      identity: target,
      members: () =>
        Object.entries(isEnum ? {} : members).map(([called, one]) => ({
          name: called,
          required: one.traits?.['smithy.api#required'] !== undefined,
          place: placeOf(called, one.traits),
          node: nodeOf(one),
        })),
      element: member ? () => nodeOf(member) : null,
      entry: key && value ? () => ({ key: nodeOf(key), value: nodeOf(value) }) : null,
    });
  };
  const membersIn = (reference: Reference | undefined) =>
    membersOf(reference ? nodeOf(reference) : NO_MEMBERS);
  const service = Object.values(shapes).find(({ type }) => type === 'service');
  return {
    name,
    model(named): Model | null {
      const [, operation] =
        Object.entries(shapes).find(
          ([id, { type }]) => type === 'operation' && nameIn(id) === named,
        ) ?? [];
      const http = operation?.traits?.['smithy.api#http'];
      if (!operation || !http) return null;
      return {
        method: http.method,
        uri: http.uri,
        status: http.code ?? 200,
        service: namesIn(service),
        traits: traitsIn(operation.traits),
        input: membersIn(operation.input),
        output: membersIn(operation.output),
        errors: new Map(
          (operation.errors ?? []).map((one) => [
            nameIn(one.target),
            { status: statusOf(shapeOf(one.target)), members: membersIn(one) },
          ]),
        ),
        knows: { bounds: true, errorsOfOperation: true, traits: Object.keys(TRAITS) },
      };
    },
  };
}

function namesIn(service: SmithyShape | undefined): Model['service'] {
  const { version, traits = {} } = service ?? {};
  const { endpointPrefix } = traits['aws.api#service'] ?? {};
  const { name: signingName } = traits['aws.auth#sigv4'] ?? {};
  const [, protocol] = Object.entries(PROTOCOLS).find(([trait]) => trait in traits) ?? [];
  return {
    ...(version === undefined ? {} : { apiVersion: version }),
    ...(endpointPrefix === undefined ? {} : { endpointPrefix }),
    ...(signingName === undefined ? {} : { signingName }),
    ...(protocol === undefined ? {} : { protocol }),
  };
}

function traitsIn(traits: object = {}): string[] {
  return Object.keys(TRAITS).filter((name) => (TRAITS[name] as string) in traits);
}

function placeOf(name: string, traits: Traits = {}): Place {
  const query = traits['smithy.api#httpQuery'];
  const header = traits['smithy.api#httpHeader'];
  const headers = traits['smithy.api#httpPrefixHeaders'];
  if (traits['smithy.api#httpLabel']) return { in: 'uri', name };
  if (query !== undefined) return { in: 'query', name: query };
  if (header !== undefined) return { in: 'header', name: header };
  if (headers !== undefined) return { in: 'headers', name: headers };
  if (traits['smithy.api#httpResponseCode']) return { in: 'status', name };
  return { in: 'body', name: traits['smithy.api#jsonName'] ?? name };
}

/** `com.amazonaws.connect#QueueId` -> `QueueId`. */
function nameIn(id: string): string {
  return id.slice(id.indexOf('#') + 1);
}

/** Returns a shape of Smithy's own, such as smithy.api#String. The AST contains only its name. */
function prelude(target: string): SmithyShape | null {
  const name = /^smithy\.api#(?:Primitive)?(\w+)$/.exec(target)?.[1]?.toLowerCase();
  if (name === undefined) return null;
  return { type: name === 'unit' ? 'structure' : name };
}

function statusOf({ traits = {} }: SmithyShape): number {
  return traits['smithy.api#httpError'] ?? (traits['smithy.api#error'] === 'server' ? 500 : 400);
}

function valuesOf(target: string, { type, members = {}, traits }: SmithyShape): Values | null {
  const listed = traits?.['smithy.api#enum'];
  if (listed) return { enum: nameIn(target), values: listed.map(({ value }) => value) };
  if (type !== 'enum') return null;
  return {
    enum: nameIn(target),
    values: Object.entries(members).map(
      ([name, { traits: of }]) => of?.['smithy.api#enumValue'] ?? name,
    ),
  };
}
