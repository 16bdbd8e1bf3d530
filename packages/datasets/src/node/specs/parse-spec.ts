import { existsSync, readdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { GankitError } from '@gankit/core'
import { type DataKind, dataKinds } from './data-kinds.ts'

/** A spec taken apart. */
export interface Spec {
  readonly kind: DataKind
  /** What stands behind the colon: an absolute path, a count; or nothing. */
  readonly rest?: string
}

/**
 * Takes a spec apart: 'embedded', 'cartoon:20000', 'folder:PATH'. A path alone is a folder of IDX files where it holds
 * any, else a folder or zip of pictures.
 * @param only the kinds that will do; default all
 * @throws GankitError that names the kinds there are, or says what is wrong with the rest
 */
export function parseSpec(spec: string, only: readonly DataKind[] = allKinds): Spec {
  // A single letter before the colon is a drive of Windows.
  const [, name = spec, rest] = /^([a-z][a-z-]+)(?::(.*))?$/s.exec(spec) ?? []
  const kind = allKinds.find(known => known === name)
  if (kind) {
    if (!only.includes(kind)) throw unknown(spec, only)
    return withRest(spec, kind, rest)
  }
  const path = resolve(spec)
  const guessed = existsSync(path) ? guessKind(path) : undefined
  if (!guessed || !only.includes(guessed)) throw unknown(spec, only)
  return { kind: guessed, rest: path }
}

/** The spec as it is kept: with its kind and an absolute path, so that it holds in any folder. */
export function fullSpec({ kind, rest }: Spec): string {
  return rest === undefined ? kind : `${kind}:${rest}`
}

const allKinds = Object.keys(dataKinds) as DataKind[]

function withRest(spec: string, kind: DataKind, rest: string | undefined): Spec {
  const { takes } = dataKinds[kind]
  const fail = (what: string) => new GankitError('datasets', 'option', `data is '${spec}', ${what}`)
  if (rest === undefined) {
    if (takes === 'PATH') throw fail(`expected ${kind}:PATH`)
    return { kind }
  }
  if (!takes) throw fail(`expected ${kind} alone: it takes nothing behind a colon`)
  if (takes === 'PATH') {
    if (rest === '') throw fail(`expected a path behind the colon`)
    return { kind, rest: resolve(rest) }
  }
  if (!/^[1-9]\d{0,8}$/.test(rest)) throw fail(`expected ${kind}:COUNT with a whole number of at least 1`)
  return { kind, rest }
}

function guessKind(path: string): DataKind {
  const hasIdx =
    statSync(path).isDirectory() && readdirSync(path).some(name => /[-.]idx\d-ubyte(\.gz)?$/.test(name))
  return hasIdx ? 'idx' : 'folder'
}

function unknown(spec: string, only: readonly DataKind[]): GankitError {
  const known = only.map(kind => (dataKinds[kind].takes ? `${kind}:${dataKinds[kind].takes}` : kind))
  return new GankitError(
    'datasets',
    'option',
    `data is '${spec}', expected one of ${known.join(', ')}, or a path that exists`,
  )
}
