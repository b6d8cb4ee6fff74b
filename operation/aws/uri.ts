/** URIs: percent-encoding, and the templates of a model against paths as sent. */

/** Percent-encodes all but RFC 3986 unreserved characters, as every AWS signer does. */
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
   * @returns undefined where the path is not the template's, null where a label is not well encoded.
   */
  labelsIn(rawPath: string): Labels | null | undefined;
}

/** Characters that mean something in a regular expression. */
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
