import { existsSync, readdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Dataset, GankitError } from '@gankit/core'
import type { DataOptions } from '../../options.ts'
import {
  type DataKind,
  type DataKindFilter,
  dataKinds,
  listDataKinds,
  type OpenDatasetContext,
} from './data-kinds.ts'

/** The parts of a spec. */
export interface Spec {
  readonly kind: DataKind
  /** The part after the colon, where there is one: an absolute path, or a count. */
  readonly argument?: string
}

/**
 * Opens the data that a spec names: 'embedded', 'cartoon:20000', 'folder:PATH', or only a path.
 * @throws GankitError for an unknown spec, for an option that its kind of data doesn't take, and for what that kind refuses
 */
export async function openDataset(
  spec: string,
  options: DataOptions = {},
  context: OpenDatasetContext = {},
): Promise<Dataset> {
  const { kind, argument = '' } = parseSpec(spec)
  const { open, options: known } = dataKinds[kind]
  for (const [name, value] of Object.entries(options))
    if (value !== undefined && !known.includes(name as keyof DataOptions))
      throw new GankitError(
        'datasets',
        'option',
        `${name} is given with '${spec}', which takes ${known.length > 0 ? `only ${known.join(', ')}` : 'no options'}: leave it out`,
        { option: name },
      )
  return open(argument, options, context)
}

/**
 * Parses a spec: 'embedded', 'cartoon:20000', 'folder:PATH'. A path without a kind is a folder of IDX files where it holds
 * any, else a folder or zip of pictures.
 * @param allowed the kinds that are accepted, or a filter for them; default all
 * @throws GankitError that lists the accepted kinds, or says what is wrong after the colon
 */
export function parseSpec(spec: string, allowed: readonly DataKind[] | DataKindFilter = {}): Spec {
  const kinds = isList(allowed) ? allowed : listDataKinds(allowed)
  // A single letter before the colon is a drive of Windows.
  const [, name = spec, argument] = /^([a-z][a-z-]+)(?::(.*))?$/s.exec(spec) ?? []
  const kind = listDataKinds().find(known => known === name)
  if (kind) {
    if (!kinds.includes(kind)) throw unknownSpecError(spec, kinds)
    return parseArgument(spec, kind, argument)
  }
  const path = resolve(spec)
  const guessed = existsSync(path) ? guessKind(path) : undefined
  if (!guessed || !kinds.includes(guessed)) throw unknownSpecError(spec, kinds)
  return { kind: guessed, argument: path }
}

/** Formats a spec with its kind and an absolute path, so that it is valid in any working folder. */
export function formatSpec({ kind, argument }: Spec): string {
  return argument === undefined ? kind : `${kind}:${argument}`
}

const isList = (allowed: readonly DataKind[] | DataKindFilter): allowed is readonly DataKind[] =>
  Array.isArray(allowed)

function parseArgument(spec: string, kind: DataKind, argument: string | undefined): Spec {
  const { argument: takes } = dataKinds[kind]
  const fail = (what: string) =>
    new GankitError('datasets', 'option', `data is '${spec}', ${what}`, { option: 'data' })
  if (argument === undefined) {
    if (takes === 'PATH') throw fail(`expected ${kind}:PATH`)
    return { kind }
  }
  if (!takes) throw fail(`expected ${kind} alone: it takes nothing behind a colon`)
  if (takes === 'PATH') {
    if (argument === '') throw fail(`expected a path behind the colon`)
    return { kind, argument: resolve(argument) }
  }
  if (!/^[1-9]\d{0,8}$/.test(argument)) throw fail(`expected ${kind}:COUNT with a whole number of at least 1`)
  return { kind, argument }
}

function guessKind(path: string): DataKind {
  const hasIdx =
    statSync(path).isDirectory() && readdirSync(path).some(name => /[-.]idx\d-ubyte(\.gz)?$/.test(name))
  return hasIdx ? 'idx' : 'folder'
}

function unknownSpecError(spec: string, kinds: readonly DataKind[]): GankitError {
  const known = kinds.map(kind => {
    const { argument } = dataKinds[kind]
    return argument ? `${kind}:${argument}` : kind
  })
  return new GankitError(
    'datasets',
    'option',
    `data is '${spec}', expected one of ${known.join(', ')}, or a path that exists`,
    { option: 'data' },
  )
}
