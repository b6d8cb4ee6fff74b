/** The completion script for fish. */

import type { Completed, CompletedValue } from './tree.ts';

export function fishScript(tree: readonly Completed[]): string {
  const nested = tree.filter(({ path }) => path !== '');
  return `# Completion of dialproof for fish. To load it: dialproof completion fish | source
function __dialproof_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    switch (string trim -- "$at $word")
      case ${nested.map(({ path }) => quoted(path)).join(' ')}
        set at (string trim -- "$at $word")
    end
  end
  test "$at" = "$argv[1]"
end
complete -c dialproof -f
${tree.flatMap(lines).join('\n')}
`;
}

function lines({ path, commands, options, argument }: Completed): string[] {
  const here = `complete -c dialproof -n ${quoted(`__dialproof_at ${quoted(path)}`)}`;
  return [
    ...commands.map(({ name, does }) => `${here} -a ${quoted(name)} -d ${quoted(does)}`),
    ...(argument ? [`${here}${replies(argument)}`] : []),
    ...options.map(({ flags, does, value, isOptional }) => {
      const names = flags.map((flag) =>
        flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
      );
      // fish takes an optional value only as --option=value, which commander reads as well.
      const needed = value?.isFile ? ' -r' : ' -x';
      const follows = value ? `${isOptional ? '' : needed}${replies(value)}` : '';
      return `${here} ${names.join(' ')}${follows} -d ${quoted(does)}`;
    }),
  ];
}

function replies({ values, isFile }: CompletedValue): string {
  const words = values.length === 0 ? '' : ` -a ${quoted(values.join(' '))}`;
  return `${isFile ? ' -F' : ''}${words}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
