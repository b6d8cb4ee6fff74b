/** The part of a botocore service-2.json that an extract keeps: names, bounds and traits. */

export interface Reference {
  readonly shape: string;
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode';
  readonly locationName?: string;
  readonly idempotencyToken?: boolean;
  readonly deprecated?: boolean;
  readonly [trait: string]: unknown;
}

export interface ModelShape {
  readonly type: string;
  readonly union?: boolean;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Reference>>;
  readonly member?: Reference;
  readonly key?: Reference;
  readonly value?: Reference;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly timestampFormat?: string;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly exception?: boolean;
  readonly error?: { readonly httpStatusCode?: number };
  readonly [trait: string]: unknown;
}

export interface ModelOperation {
  readonly name: string;
  readonly http: {
    readonly method: string;
    readonly requestUri: string;
    readonly responseCode?: number;
  };
  readonly input?: Reference;
  readonly output?: Reference;
  readonly errors?: readonly Reference[];
  readonly idempotent?: boolean;
  readonly readonly?: boolean;
  readonly deprecated?: boolean;
  readonly [trait: string]: unknown;
}

export interface ServiceModel {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly operations: Readonly<Record<string, ModelOperation>>;
  readonly shapes: Readonly<Record<string, ModelShape>>;
}

/** A part of a published model, with the package that it is from. */
export interface Extract extends ServiceModel {
  readonly source: {
    readonly package: 'botocore';
    readonly version: string;
    readonly file: string;
    readonly licence: 'Apache-2.0';
  };
}
