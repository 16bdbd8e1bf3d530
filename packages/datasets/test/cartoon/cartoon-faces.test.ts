import { describe, expect, test } from 'vitest'
import { cartoonFaces } from '../../src/cartoon/cartoon-faces.ts'
import { chooseFace } from '../../src/cartoon/choose-face.ts'
import type { CartoonStyle } from '../../src/cartoon/style.ts'
import { cartoonStyles, stylesByName } from '../../src/cartoon/styles.ts'
import { conformsToDataset } from '../conformance.ts'
import { rendererBinary as wasm } from '../drawn/renderer-binary.ts'

conformsToDataset('cartoonFaces', () => cartoonFaces({ count: 25, size: 16, wasm }))
conformsToDataset('cartoonFaces, in another drawing and reduced', () =>
  cartoonFaces({ count: 25, size: 16, drawing: 'edges', reduce: 2, wasm }),
)

describe.each(['personas', 'toon-head', 'big-ears'] as const)('%s', style => {
  test('batches tell what each face has', async () => {
    const faces = await cartoonFaces({ count: 6, size: 8, seed: 3, style, wasm })
    expect(faces.sampleShape).toEqual([8, 8, 3])
    const { value } = await faces.batches({ size: 6, shuffle: false }).next()
    value.samples.dispose()
    const width = faces.attributes!.length
    for (let index = 0; index < 6; index++) {
      const row = value.attributes.subarray(index * width, (index + 1) * width)
      expect(row).toEqual(chooseFace(stylesByName[style], 3, index).attributes)
    }
  })
})

test('author and license of each style are stated, and it may be adapted', () => {
  for (const name of Object.keys(stylesByName) as CartoonStyle[]) {
    const { title, creator, source, license, licenseUrl } = cartoonStyles[name]
    expect(title && creator).toBeTruthy()
    expect(source).toMatch(/^https:/)
    expect(license).toBe('CC BY 4.0')
    expect(licenseUrl).toBe('https://creativecommons.org/licenses/by/4.0/')
  }
})

test('options that make no sense say so', async () => {
  const wrong = (options: object) => expect(cartoonFaces({ wasm, ...options })).rejects
  await wrong({ count: 0 }).toThrow('[gankit/datasets] count is 0, expected at least 1')
  await wrong({ count: 10_000_001 }).toThrow('count is 10000001, expected at most 10000000')
  await wrong({ count: 1.5 }).toThrow('count is 1.5, expected a whole number')
  await wrong({ size: 7 }).toThrow('size is 7, expected a whole number from 8 to 512')
  await wrong({ size: 513 }).toThrow('size is 513, expected a whole number from 8 to 512')
  await wrong({ seed: -1 }).toThrow('seed is -1')
  await wrong({ style: 'manga' }).toThrow(
    'style is "manga", expected ("personas" | "toon-head" | "big-ears")',
  )
  await wrong({ count: 10_000_000, size: 512 }).toThrow(
    '10000000 faces of 512×512 take 7864.3 GB, more than memory gives',
  )
})
