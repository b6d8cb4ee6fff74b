/** A URL, or a text that was meant as one, as it may be shown: without a password. */

/** `redis://user:secret@host` -> `redis://user:***@host`; a login without a colon could be a secret, so all of it is masked. */
export function shownUrl(text: string): string {
  return text.replace(
    /^([\w+.-]*:)?(\/\/)?([^/?#\s]*)@/,
    (_, scheme = '', slashes = '', login: string) => {
      const colon = login.indexOf(':');
      return `${scheme}${slashes}${colon < 0 ? '' : login.slice(0, colon + 1)}***@`;
    },
  );
}
