import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Attribute } from '@gankit/core'
import { replaceFile, sha256Sync } from '@gankit/core/node'
import * as v from 'valibot'
import type { SkippedFile } from '../../images/skipped-files.ts'
import type { PackPlan } from './plan.ts'

/** Version of the layout of the files; a cache of another version is made anew. */
export const formatVersion = 2

/** The content of manifest.json, beside the bytes. */
export interface Manifest {
  readonly version: number
  readonly identity: Readonly<Record<string, unknown>>
  readonly sources: string
  readonly sampleShape: readonly number[]
  readonly samples: number
  readonly classes?: readonly string[]
  readonly attributes?: readonly Attribute[]
  readonly skipped: readonly SkippedFile[]
  /** SHA-256 of index.bin. */
  readonly index: string
}

const name = 'manifest.json'
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const schema = v.object({
  version: v.literal(formatVersion),
  identity: v.record(v.string(), v.unknown()),
  sources: v.string(),
  sampleShape: v.array(count),
  samples: v.pipe(count, v.minValue(1)),
  classes: v.optional(v.array(v.string())),
  attributes: v.optional(v.array(v.object({ name: v.string(), values: v.array(v.string()) }))),
  skipped: v.array(v.object({ name: v.string(), why: v.string(), counts: v.boolean() })),
  index: v.string(),
})

/** Writes a manifest together with its own hash. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await replaceFile(join(folder, name), `${JSON.stringify({ sha256: hash(manifest), manifest })}\n`)
}

/**
 * Reads the manifest of a cache, which has to fit the plan.
 * @throws Error with the reason why the cache can't be used; the message completes 'the cache …'
 */
export async function readManifest(folder: string, plan: PackPlan): Promise<Manifest> {
  const text = await readFile(join(folder, name), 'utf8')
  const { sha256, manifest } = parse(text)
  if (sha256 !== hash(manifest)) throw new Error('has a manifest that is damaged')
  const version = (manifest as { version?: unknown } | undefined)?.version
  if (version !== formatVersion) throw new Error(`is of version ${version}, expected ${formatVersion}`)
  const result = v.safeParse(schema, manifest)
  if (!result.success) throw new Error('has a manifest that is not complete')
  const read = result.output as Manifest
  if (read.sources !== plan.sources) throw new Error('was made of other files, or they have changed since')
  if (!isSame(read.identity, plan.identity) || !isSame(read.sampleShape, plan.sampleShape))
    throw new Error('was made with other options')
  return read
}

function parse(text: string): { sha256?: unknown; manifest?: unknown } {
  try {
    return (JSON.parse(text) ?? {}) as { sha256?: unknown; manifest?: unknown }
  } catch {
    throw new Error('has a manifest that is damaged')
  }
}

const hash = (manifest: unknown): string => sha256Sync(JSON.stringify(manifest) ?? '')

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
