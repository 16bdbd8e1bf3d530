import { dataKinds, dataOptions } from '@gankit/datasets/node'
import type { Output } from './output.ts'

/** Prints a line a kind of data: its name, what stands behind the colon, what it is, its flags. */
export function listKinds({ out }: Output): void {
  const lines = Object.entries(dataKinds).map(([kind, { argument, about, options }]) => {
    const flags = options.flatMap(name => dataOptions[name].flag?.usage.split(' ')[0] ?? [])
    const note = flags.length > 0 ? ` (${flags.join(' ')})` : ''
    return `${(argument ? `${kind}:${argument}` : kind).padEnd(16)}${about}${note}\n`
  })
  out.write(lines.join(''))
}
