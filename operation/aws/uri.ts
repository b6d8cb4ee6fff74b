/** Percent-encoding, and the matching of a model's URI templates with paths as sent. */

/** Percent-encodes all characters except the unreserved ones of RFC 3986, as every AWS signer does. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Labels of a template by name, decoded. */
export type Labels = Readonly<Record<string, string>>;

/** A template such as `/contact/batch/{InstanceId}`, in which a label in braces stands for one segment. */
export interface Template {
  /**
   * The labels of a raw (still encoded) path.
   *
   * @returns undefined if the path does not match the template, null if a label has invalid percent-encoding.
   */
  labelsIn(rawPath: string): Labels | null | undefined;
}

/** Characters with a special meaning in a regular expression. */
const SPECIAL = /[.*+?^${}()|[\]\\]/g;

export function templateOf(uri: string): Template {
  const names: string[] = [];
  const source = uri
    .split(/(\{\w+\})/)
    .map((part) => {
      if (!part.startsWith('{')) return part.replace(SPECIAL, '\\$&');
      names.push(part.slice(1, -1));
      return '([^/]*)';
    })
    .join('');
  const expression = new RegExp(`^${source}$`);
  return {
    labelsIn(rawPath) {
      const found = expression.exec(rawPath);
      if (!found) return undefined;
      const labels: Record<string, string> = {};
      try {
        for (let i = 0; i < names.length; i += 1) {
          labels[names[i] as string] = decodeURIComponent(found[i + 1] as string);
        }
      } catch {
        return null;
      }
      return labels;
    },
  };
}
