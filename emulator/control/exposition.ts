/** Writes metric families in the Prometheus text exposition format, version 0.0.4. */

export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export type Labels = Readonly<Record<string, string | number>>;

export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

interface Histogram {
  readonly labels?: Labels;
  /** Observations per bucket, not cumulative. The last bucket has no upper bound. */
  readonly buckets: readonly number[];
  readonly sum: number;
}

export type Family = { readonly name: string; readonly help: string } & (
  | { readonly type: 'counter' | 'gauge'; readonly samples: readonly Sample[] }
  | {
      readonly type: 'histogram';
      /** Upper bounds of all buckets except the last, in ascending order. */
      readonly bounds: readonly number[];
      readonly histograms: readonly Histogram[];
    }
);

export function exposition(families: readonly Family[]): string {
  return families.map(familyText).join('');
}

function familyText(family: Family): string {
  const { name, help, type } = family;
  let text = `# HELP ${name} ${escaped(help)}\n# TYPE ${name} ${type}\n`;
  if (family.type !== 'histogram') {
    for (const { labels, value } of family.samples) text += line(name, labels, value);
    return text;
  }
  for (const { labels, buckets, sum } of family.histograms) {
    let count = 0;
    buckets.forEach((observed, i) => {
      count += observed;
      const le = family.bounds[i] ?? Number.POSITIVE_INFINITY;
      text += line(`${name}_bucket`, { ...labels, le: number(le) }, count);
    });
    text += line(`${name}_sum`, labels, sum) + line(`${name}_count`, labels, count);
  }
  return text;
}

function line(name: string, labels: Labels = {}, value: number): string {
  const pairs = Object.entries(labels).map(
    ([label, text]) => `${label}="${escaped(String(text)).replaceAll('"', '\\"')}"`,
  );
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${number(value)}\n`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function number(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
