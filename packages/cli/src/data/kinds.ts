import { dataKinds } from '@gankit/datasets/node'
import { dataOptions } from '@gankit/datasets/options'
import type { Terminal } from '../terminal/terminal.ts'

/** Prints a line for each kind of data: its name, what follows the colon, what it is, and its flags. */
export function listKinds({ out }: Terminal): void {
  const lines = Object.entries(dataKinds).map(([kind, { argument, about, options }]) => {
    const flags = options.flatMap(name => dataOptions[name].flag?.usage.split(' ')[0] ?? [])
    const spec = argument ? `${kind}:${argument}` : kind
    return `${spec.padEnd(16)}${about}${flags.length > 0 ? ` (${flags.join(' ')})` : ''}\n`
  })
  out.write(lines.join(''))
}
