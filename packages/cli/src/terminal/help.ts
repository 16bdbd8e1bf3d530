import { listApps } from '@gankit/experiment/apps'
import type { Command, Help } from 'commander'
import { wrapText } from './format.ts'
import { formatCommand, type Terminal } from './terminal.ts'

/** Columns of help where the terminal doesn't say how many it has, and the fewest that lines are broken for. */
const columns = { usual: 80, least: 20 }
/** In fewer columns than this a description stands below its flag instead of beside it. */
const minBeside = 32
const indent = '  '

/** Has a command print its help for the terminal, broken between words however narrow that is. */
export function formatHelpFor(command: Command, { out, progress }: Terminal): void {
  command.configureHelp({ minWidthToWrap: columns.least, formatItem }).configureOutput({
    writeOut: text => void out.write(text),
    writeErr: text => void progress.write(text),
    outputError: () => {},
    getOutHelpWidth: () => out.columns || columns.usual,
    getErrHelpWidth: () => progress.columns || columns.usual,
  })
}

/** Commander's own layout, a flag and its description beside it; where that is narrow, below it. */
function formatItem(term: string, termWidth: number, description: string, helper: Help): string {
  if (!description) return indent + term
  const width = helper.helpWidth ?? columns.usual
  const left = termWidth + 2 * indent.length
  const beside = width - left >= minBeside
  const text = helper
    .boxWrap(description, Math.max(columns.least, beside ? width - left : width - 3 * indent.length))
    .split('\n')
  if (!beside) return [indent + term, ...text.map(line => indent.repeat(3) + line)].join('\n')
  const [first, ...rest] = text
  return [
    `${indent}${term.padEnd(termWidth)}${indent}${first}`,
    ...rest.map(line => ' '.repeat(left) + line),
  ].join('\n')
}

/** What `gankit --help` says below its commands: the apps, and three examples. */
export function describeUse({ out }: Terminal): string {
  const width = out.columns || columns.usual
  const apps = [...listApps()].sort((a, b) => (a.name < b.name ? -1 : 1))
  const examples = [
    [formatCommand('train', 'mnist-digits'), 'learn handwritten digits, and leave a run directory in runs'],
    [
      formatCommand('sample', 'latest', '--count', '100', '--out', 'new.png'),
      'draw 100 new ones with the latest run',
    ],
    [
      formatCommand('train', 'face-generation', '--data', 'folder:photos', '--size', '64'),
      'learn from pictures of your own',
    ],
  ] as const
  const below = (text: string) => wrapText(text, width, indent.repeat(2))
  return [
    ...(apps.length > 0
      ? ["Apps ('gankit apps' says more):"]
      : ['Apps: none is installed. npm install @gankit/mnist-digits']),
    ...apps.flatMap(({ name, description }) => [indent + name, ...below(description)]),
    '',
    'Examples:',
    ...examples.flatMap(([command, what]) => [indent + command, ...below(what)]),
    '',
    ...wrapText(
      'The environment variable GANKIT_PICTURES says how a terminal shows pictures: kitty, iterm, sixel, blocks or none (default: what it announces).',
      width,
      '',
    ),
  ].join('\n')
}
