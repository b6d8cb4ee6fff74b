/** A strict reader of the Prometheus text format: anything the format does not allow is an error. */

export interface ReadFamily {
  readonly type: string;
  readonly help: string;
  readonly samples: readonly ReadSample[];
}

export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"(,|$)/y;
const TYPES = ['counter', 'gauge', 'histogram'];

export function readExposition(text: string): Map<string, ReadFamily> {
  if (!text.endsWith('\n')) throw new Error('the last line has no line feed');
  const families = new Map<string, { type: string; help: string; samples: ReadSample[] }>();
  const seen = new Set<string>();
  let current = '';
  for (const line of text.slice(0, -1).split('\n')) {
    const [, keyword, name = '', rest = ''] = /^# (\S+) (\S+) ?(.*)$/.exec(line) ?? [];
    if (keyword === 'HELP') {
      if (!NAME.test(name)) throw new Error(`${name} is no name`);
      if (families.has(name)) throw new Error(`${name} comes twice`);
      families.set(name, { type: '', help: rest, samples: [] });
      current = name;
      continue;
    }
    const family = families.get(current);
    if (!family) throw new Error(`a line before any HELP: ${line}`);
    if (keyword === 'TYPE') {
      if (name !== current || family.type || !TYPES.includes(rest)) throw new Error(line);
      family.type = rest;
      continue;
    }
    if (!family.type) throw new Error(`a sample before its TYPE: ${line}`);
    const sample = readSample(line);
    const suffixes = family.type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
    if (!suffixes.some((suffix) => sample.name === current + suffix)) throw new Error(line);
    const series = `${sample.name} ${JSON.stringify(sample.labels)}`;
    if (seen.has(series)) throw new Error(`a series twice: ${line}`);
    seen.add(series);
    family.samples.push(sample);
  }
  for (const [name, family] of families) check(name, family);
  return families;
}

function readSample(line: string): ReadSample {
  const [, name = '', pairs = '', text = ''] = SAMPLE.exec(line) ?? [];
  if (name === '') throw new Error(`no sample: ${line}`);
  const labels: Record<string, string> = {};
  for (LABEL.lastIndex = 0; LABEL.lastIndex < pairs.length; ) {
    const [, label = '', value = ''] = LABEL.exec(pairs) ?? [];
    if (label === '' || label in labels) throw new Error(`bad labels: ${line}`);
    labels[label] = value.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c));
  }
  return { name, labels, value: readNumber(text) };
}

function readNumber(text: string): number {
  const special = { '+Inf': Number.POSITIVE_INFINITY, '-Inf': Number.NEGATIVE_INFINITY };
  if (Object.hasOwn(special, text)) return special[text as keyof typeof special];
  const value = Number(text);
  if (text === '' || Number.isNaN(value)) throw new Error(`no number: ${text}`);
  return value;
}

function check(name: string, { type, help, samples }: ReadFamily): void {
  if (help === '') throw new Error(`${name} has no help`);
  if (type === 'counter' && !name.endsWith('_total')) throw new Error(`${name} is a counter`);
  if (type !== 'counter' && name.endsWith('_total')) throw new Error(`${name} is no counter`);
  if (type === 'counter' && samples.some(({ value }) => !(value >= 0))) throw new Error(name);
  if (type === 'histogram') checkHistogram(name, samples);
}

/** Each series has ascending bounds, counts that never fall, and +Inf equal to its count. */
function checkHistogram(name: string, samples: readonly ReadSample[]): void {
  const series = new Map<string, ReadSample[]>();
  for (const sample of samples) {
    const { le: _, ...labels } = sample.labels;
    const key = JSON.stringify(labels);
    series.set(key, [...(series.get(key) ?? []), sample]);
  }
  for (const [key, all] of series) {
    const buckets = all.filter((sample) => sample.name === `${name}_bucket`);
    const one = (suffix: string) => all.filter((sample) => sample.name === name + suffix);
    if (one('_sum').length !== 1 || one('_count').length !== 1) throw new Error(name + key);
    let last = { le: Number.NEGATIVE_INFINITY, value: 0 };
    for (const { labels, value } of buckets) {
      const le = readNumber(labels.le ?? '');
      if (!(le > last.le) || value < last.value) throw new Error(`${name}${key} at ${le}`);
      last = { le, value };
    }
    if (last.le !== Number.POSITIVE_INFINITY || last.value !== one('_count')[0]?.value) {
      throw new Error(`${name}${key} has no +Inf that is its count`);
    }
  }
}
