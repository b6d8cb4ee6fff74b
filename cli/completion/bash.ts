/** The completion script for bash. */

import type { Completed, CompletedValue } from './tree.ts';

export function bashScript(tree: readonly Completed[]): string {
  const nested = tree.filter(({ path }) => path !== '');
  return `# Completion of dialproof for bash. To load it: source <(dialproof completion bash)
_dialproof() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${at:+$at }\${COMP_WORDS[i]}" in
      ${nested.map(({ path }) => quoted(path)).join('|')}) at="\${at:+$at }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$at:$prev" in
${tree.flatMap(valueCases).join('\n')}
  esac
  case "$at" in
${tree.map(wordCase).join('\n')}
  esac
}
complete -o bashdefault -F _dialproof dialproof
`;
}

/** Only then, or commands with the name of a folder would get a slash. */
const FILES = 'compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -f -- "$cur")); ';

function valueCases({ path, options }: Completed): string[] {
  return options.flatMap(({ flags, value, isOptional }) => {
    if (!value || (isOptional && value.values.length === 0 && !value.isFile)) return [];
    const names = flags.map((flag) => quoted(`${path}:${flag}`)).join('|');
    // What may be left out may be followed by anything.
    const end = isOptional ? '[[ $cur == -* ]] || return' : 'return';
    return [`    ${names}) ${replies(value)}${end} ;;`];
  });
}

function wordCase({ path, commands, options, argument }: Completed): string {
  const flags = options.flatMap((one) => one.flags).join(' ');
  const words = commands.map(({ name }) => name).join(' ');
  const others = [
    words === '' ? '' : `COMPREPLY=($(compgen -W ${quoted(words)} -- "$cur")); `,
    argument ? replies(argument) : '',
  ].join('');
  return `    ${quoted(path)})
      if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W ${quoted(flags)} -- "$cur")); else ${others || ':; '}fi ;;`;
}

function replies({ values, isFile }: CompletedValue): string {
  const words =
    values.length === 0 ? '' : `COMPREPLY+=($(compgen -W ${quoted(values.join(' '))} -- "$cur")); `;
  return `${words}${isFile ? FILES : ''}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
