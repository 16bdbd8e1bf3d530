import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from '../../src/checkpoints.ts'
import { failureOf } from '../node/scratch.ts'
import { sealed } from './sealed.ts'
import { snapshotOf } from './snapshot-of.ts'

const names = ['arrays.safetensors', 'state.json', 'manifest.json']
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)
const bytesOf = (text: string) => new TextEncoder().encode(text)

test('what was encoded is decoded, with what was kept beside it', async () => {
  const kept: Checkpoint = {
    snapshot: snapshotOf(500),
    config: { preset: 'größe', list: [1, null] },
    best: { metric: 'fid', value: 12.5, step: 400 },
  }
  const files = await encodeCheckpoint(kept.snapshot, { config: kept.config, best: kept.best! })
  expect([...files.keys()]).toEqual(names)
  expect(await decodeCheckpoint(files, 'x')).toEqual(kept)
  const plain = await encodeCheckpoint(snapshotOf(0))
  expect(await decodeCheckpoint(plain, 'x')).toEqual({ snapshot: snapshotOf(0) })
})

test('the manifest tells the sizes and checksums of both files', async () => {
  const files = await encodeCheckpoint(snapshotOf(500))
  const told = (name: string) => ({
    bytes: files.get(name)!.length,
    sha256: createHash('sha256').update(files.get(name)!).digest('hex'),
  })
  expect(JSON.parse(text(files.get('manifest.json')))).toEqual({
    version: 1,
    step: 500,
    files: { 'arrays.safetensors': told('arrays.safetensors'), 'state.json': told('state.json') },
  })
})

test('what JSON cannot hold is refused', async () => {
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  for (const config of [circular, { a: 1n }, () => 1])
    expect(await failureOf(encodeCheckpoint(snapshotOf(1), { config }))).toContain("that JSON can't hold")
  expect(
    await failureOf(encodeCheckpoint(snapshotOf(1), { best: { metric: 'fid', value: Number.NaN, step: 1 } })),
  ).toBe('[gankit/trainer] best.value is NaN, expected a finite number')
})

describe('damage is told from every other thing', () => {
  test.each(names)('one flipped bit anywhere in %s', async name => {
    const files = await encodeCheckpoint(snapshotOf(500), { config: { a: 'b' } })
    const whole = files.get(name)!
    for (let bit = 0; bit < 8 * whole.length; bit++) {
      const bytes = whole.slice()
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      const said = await failureOf(decodeCheckpoint(new Map(files).set(name, bytes), 'run/500'))
      expect(said, `bit ${bit}`).toContain('run/500/')
      expect(said, `bit ${bit}`).toMatch(/the checkpoint is damaged|written by a newer gankit/)
    }
  })

  test.each(names)('%s cut short anywhere, or with a byte too many', async name => {
    const files = await encodeCheckpoint(snapshotOf(500))
    const whole = files.get(name)!
    // The manifest's last byte is its line feed: without that it is the same.
    const lengths = whole.length - (name === 'manifest.json' ? 1 : 0)
    for (let length = 0; length < lengths; length++)
      expect(
        await failureOf(decodeCheckpoint(new Map(files).set(name, whole.subarray(0, length)), 'run/500')),
        `${length} bytes`,
      ).toContain(`run/500/${name} `)
    const longer = Uint8Array.of(...whole, 0)
    expect(await failureOf(decodeCheckpoint(new Map(files).set(name, longer), 'run/500'))).toContain(
      'the checkpoint is damaged',
    )
  })

  test.each(names)('%s that is missing', async name => {
    const files = await encodeCheckpoint(snapshotOf(500))
    files.delete(name)
    expect(await failureOf(decodeCheckpoint(files, 'run/500'))).toBe(
      `[gankit/trainer] run/500/${name} is missing, expected arrays.safetensors, state.json, manifest.json: the checkpoint is damaged, go on from an earlier one`,
    )
  })

  test('files of two checkpoints', async () => {
    const [one, other] = [await encodeCheckpoint(snapshotOf(1)), await encodeCheckpoint(snapshotOf(2))]
    for (const name of names)
      expect(
        await failureOf(decodeCheckpoint(new Map(one).set(name, other.get(name)!), 'x')),
        name,
      ).toContain('the checkpoint is damaged')
  })
})

test('a manifest of a newer version says so, and of no version too', async () => {
  const files = await encodeCheckpoint(snapshotOf(500))
  const withVersion = (version: unknown) => {
    const manifest = { ...JSON.parse(text(files.get('manifest.json'))), version }
    return decodeCheckpoint(new Map(files).set('manifest.json', bytesOf(JSON.stringify(manifest))), 'x')
  }
  expect(await failureOf(withVersion(2))).toBe(
    '[gankit/trainer] x/manifest.json has version 2, expected 1: it was written by a newer gankit; update it',
  )
  for (const version of [0, '2', undefined, null, 1.5])
    expect(await failureOf(withVersion(version))).toContain('expected 1: the checkpoint is damaged')
})

test.each<[string, object, string]>([
  ['a newer version', { version: 4 }, 'has version 4, expected 3: it was written by a newer gankit'],
  [
    'an older version',
    { version: 2 },
    'has version 2, expected 3: it was written before games had names; finish the run with the gankit that',
  ],
  ['no step', { step: undefined }, 'has step undefined, expected a whole number from 0'],
  ['another step', { step: 7 }, 'is of step 7, expected 500 by its manifest'],
  ['a negative count', { samplesSeen: -1 }, 'has samplesSeen -1'],
  ['no positions', { positions: undefined }, 'has positions undefined, expected an object'],
  ['a position that is no object', { positions: { real: 3 } }, 'has positions.real.epoch undefined'],
  [
    'kept values that are text',
    { game: { pool: { filled: 'x' } } },
    'has game.pool.filled "x", expected a number',
  ],
  ['updates that are text', { updates: 'x' }, 'has updates "x", expected an object'],
  ['half a rollback', { rollbacks: 0.5 }, 'has rollbacks 0.5'],
  ['a factor of steering of 0', { steeringScale: 0 }, 'has steeringScale 0, expected a number above 0'],
  ['no learning rates', { learningRateScale: 0 }, 'has learningRateScale 0, expected a number above 0'],
  ['a best that is a number', { best: 3 }, 'has best 3, expected a metric, its value and a step'],
  ['a best without a step', { best: { metric: 'fid', value: 1 } }, 'has best.step undefined'],
])('a state with %s is refused, though its checksum is right', async (_, change, message) => {
  const files = await encodeCheckpoint(snapshotOf(500))
  const state = JSON.stringify({ ...JSON.parse(text(files.get('state.json'))), ...change })
  const said = await failureOf(decodeCheckpoint(await sealed(files, 'state.json', bytesOf(state)), 'x'))
  expect(said).toContain(`x/state.json ${message}`)
})

test('files that no checkpoint has are passed over', async () => {
  const files = await encodeCheckpoint(snapshotOf(500))
  files.set('.DS_Store', Uint8Array.of(1))
  expect((await decodeCheckpoint(files, 'x')).snapshot).toEqual(snapshotOf(500))
})
