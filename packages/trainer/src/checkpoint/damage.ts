import { GankitError, parseJson } from '@gankit/core'

/** A checkpoint that can't be used as it is. @param what was got, and what was expected */
export function damaged(path: string, what: string): GankitError {
  return new GankitError(
    'trainer',
    'data',
    `${path} ${what}: the checkpoint is damaged, go on from an earlier one`,
  )
}

/** A checkpoint that may well be whole, but of a later format than this one. */
export class NewerFormatError extends GankitError {
  constructor(path: string, version: number, expected: number) {
    super(
      'trainer',
      'data',
      `${path} has version ${version}, expected ${expected}: it was written by a newer gankit; update it`,
    )
  }
}

/** A checkpoint of a format that is no longer read. */
export class OlderFormatError extends GankitError {
  constructor(path: string) {
    super(
      'trainer',
      'data',
      `${path} has version 2, expected 3: it was written before games had names; finish the run with the gankit that began it, or start a new run`,
    )
  }
}

/** @throws GankitError unless a file is of the version that is read here */
export function checkVersion(path: string, version: unknown, expected: number): void {
  if (version === expected) return
  if (Number.isSafeInteger(version) && (version as number) > expected)
    throw new NewerFormatError(path, version as number, expected)
  throw damaged(path, `has version ${shown(version)}, expected ${expected}`)
}

/** A value of a JSON file as messages show it: on one line, and not too long. */
export function shown(value: unknown): string {
  return String(JSON.stringify(value)).slice(0, 40)
}

/** The object in a JSON file. @throws GankitError for anything else */
export function parseObject(path: string, bytes: Uint8Array): Record<string, unknown> {
  let value: unknown
  try {
    value = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw damaged(path, 'is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw damaged(path, `holds ${Array.isArray(value) ? 'a list' : String(value)}, expected an object`)
  return value as Record<string, unknown>
}

/** A whole number from 0 in a JSON file. @throws GankitError for anything else */
export function countIn(path: string, name: string, value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw damaged(path, `has ${name} ${shown(value)}, expected a whole number from 0`)
  return value as number
}
