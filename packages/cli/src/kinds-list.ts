import { dataKinds } from '@gankit/datasets/node'
import type { Output } from './output.ts'

/** Prints a line a kind of data: its name, what stands behind the colon, what it is, its flags. */
export function listKinds({ out }: Output): void {
  const lines = Object.entries(dataKinds).map(([kind, { takes, about, options }]) => {
    const flags = options.length > 0 ? ` (${options.map(flagOf).join(' ')})` : ''
    return `${(takes ? `${kind}:${takes}` : kind).padEnd(16)}${about}${flags}\n`
  })
  out.write(lines.join(''))
}

const flagOf = (option: string): string =>
  `--${option.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
