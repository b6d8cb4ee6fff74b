/** The completion script for zsh. */

import type { Completed, CompletedValue } from './tree.ts';

export function zshScript(tree: readonly Completed[]): string {
  const nested = tree.filter(({ path }) => path !== '');
  return `#compdef dialproof
# Completion of dialproof for zsh. To load it: source <(dialproof completion zsh), or save it as _dialproof in $fpath.
_dialproof() {
  local cur=$words[CURRENT] prev=$words[CURRENT-1] at='' word
  local -a found
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${at:+$at }$word" in
      (${nested.map(({ path }) => quoted(path)).join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at:$prev" in
${tree.flatMap(valueCases).join('\n')}
  esac
  case "$at" in
${tree.map(wordCase).join('\n')}
  esac
}
if [[ $funcstack[1] == _dialproof ]]; then _dialproof "$@"; else compdef _dialproof dialproof; fi
`;
}

function valueCases({ path, options }: Completed): string[] {
  return options.flatMap(({ flags, value, isOptional }) => {
    if (!value || (isOptional && value.values.length === 0 && !value.isFile)) return [];
    const names = flags.map((flag) => quoted(`${path}:${flag}`)).join('|');
    const end = isOptional ? '[[ $cur == -* ]] || return' : 'return';
    return [`    (${names}) ${replies(value)}${end} ;;`];
  });
}

function wordCase({ path, commands, options, argument }: Completed): string {
  const flags = options.flatMap((one) => one.flags.map((flag) => described(flag, one.does)));
  const names = commands.map(({ name, does }) => described(name, does));
  const others = [
    names.length === 0 ? '' : `found=(${names.join(' ')}); _describe command found; `,
    argument ? replies(argument) : '',
  ].join('');
  return `    (${quoted(path)})
      if [[ $cur == -* ]]; then found=(${flags.join(' ')}); _describe -o option found
      else ${others || ':; '}fi ;;`;
}

function replies({ values, isFile }: CompletedValue): string {
  const words = values.length === 0 ? '' : `compadd -- ${values.map(quoted).join(' ')}; `;
  return `${words}${isFile ? '_files; ' : ''}`;
}

function described(name: string, does: string): string {
  return quoted(`${name.replaceAll(':', '\\:')}:${does}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
