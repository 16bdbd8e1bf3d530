import { isGankitError } from '@gankit/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CheckpointFiles, decodeCheckpoint, encodeCheckpoint } from '../../src/checkpoints.ts'
import { sealed } from './sealed.ts'
import { snapshotOf } from './snapshot-of.ts'

const names = ['arrays.safetensors', 'state.json', 'manifest.json']
const utf8 = (text: string) => new TextEncoder().encode(text)

/** Values that a file of a checkpoint might hold by mistake or malice. */
const anyValue = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(0, -1, 1e308, 2 ** 53, '', '__proto__', [], {}, null, true),
)
const anyBytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.json().map(utf8), anyValue.map(toJson))
function toJson(value: unknown): Uint8Array {
  return utf8(JSON.stringify(value))
}

/** @returns whether they are a checkpoint; fails when they are neither that nor a GankitError of one line */
async function isCheckpoint(files: CheckpointFiles): Promise<boolean> {
  try {
    const { snapshot, best } = await decodeCheckpoint(files, 'x')
    expect(snapshot.state.version).toBe(3)
    expect(snapshot.state.step).toBeGreaterThanOrEqual(0)
    expect(snapshot.state.learningRateScale).toBeGreaterThan(0)
    expect(snapshot.arrays).toBeInstanceOf(Map)
    if (best) expect(Number.isFinite(best.value)).toBe(true)
    return true
  } catch (error) {
    if (!isGankitError(error)) throw error
    expect(error.message).toMatch(/^\[gankit\/trainer\] x\/[^\n]+$/)
    return false
  }
}

test('any bytes in any of the files are a checkpoint or a GankitError', async () => {
  const whole = await encodeCheckpoint(snapshotOf(500))
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom(...names), fc.option(anyBytes, { nil: undefined })),
      async changes => {
        const files = new Map(whole)
        for (const [name, bytes] of Object.entries(changes))
          if (bytes) files.set(name, bytes)
          else files.delete(name)
        const changed = names.some(name => String(files.get(name)) !== String(whole.get(name)))
        expect(await isCheckpoint(files)).toBe(!changed)
      },
    ),
    { numRuns: 500 },
  )
})

test('any bytes whose checksum is right are a checkpoint or a GankitError', async () => {
  const whole = await encodeCheckpoint(snapshotOf(500))
  const state = JSON.parse(new TextDecoder().decode(whole.get('state.json')))
  const anyState = fc
    .dictionary(fc.constantFrom(...Object.keys(state), 'best', 'config'), anyValue)
    .map(changes => toJson({ ...state, ...changes }))
  let read = 0
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.tuple(fc.constant('state.json'), anyState),
        fc.tuple(fc.constantFrom('state.json', 'arrays.safetensors'), anyBytes),
      ),
      async ([name, bytes]) => {
        if (await isCheckpoint(await sealed(whole, name, bytes))) read++
      },
    ),
    { numRuns: 1000 },
  )
  expect(read, 'some must be right, or the property says little').toBeGreaterThan(10)
})

test('any values in a manifest are a checkpoint or a GankitError', async () => {
  const whole = await encodeCheckpoint(snapshotOf(500))
  const manifest = JSON.parse(new TextDecoder().decode(whole.get('manifest.json')))
  const anyEntries = fc.dictionary(
    fc.constantFrom(...names),
    fc.oneof(anyValue, fc.record({ bytes: anyValue, sha256: anyValue })),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.record({ version: anyValue, step: anyValue, files: anyEntries }, { requiredKeys: [] }),
      async changes => {
        await isCheckpoint(new Map(whole).set('manifest.json', toJson({ ...manifest, ...changes })))
      },
    ),
    { numRuns: 500 },
  )
})
