import { expect, test } from 'vitest'
import { cartoonFaces } from '../../src/cartoon/cartoon-faces.ts'
import { rendererBinary as wasm } from './renderer-binary.ts'

test('a renderer that doesn’t start says how to get it, and may be given afterwards', async () => {
  const wrong = cartoonFaces({ count: 1, wasm: new Uint8Array(3) })
  await expect(wrong).rejects.toThrow("[gankit/datasets] the renderer of drawings didn't start")
  await expect(wrong).rejects.toThrow('give wasm its URL or its bytes')
  // No bundler has put it beside the sources.
  await expect(cartoonFaces({ count: 1 })).rejects.toThrow(
    'or take cartoonFaces and birds of @gankit/datasets/node',
  )
  expect((await cartoonFaces({ count: 1, wasm })).size).toBe(1)
})
