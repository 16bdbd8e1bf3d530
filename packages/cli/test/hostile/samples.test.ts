import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { encodePng } from '@gankit/visualization'
import { describe, expect, test, vi } from 'vitest'
import { gankit } from '../gankit.ts'
import { useProject } from '../project.ts'
import { writeRun } from './run-files.ts'

useProject()

describe('a picture among the samples', () => {
  const chunk = (type: string, data: Uint8Array) => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(data.length)
    head.write(type, 4, 'latin1')
    return Buffer.concat([head, data, Buffer.alloc(4)])
  }
  /** A PNG of gray pixels with this header, and these pixels. */
  const png = (width: number, height: number, pixels: Buffer, depth = 8) => {
    const header = Buffer.alloc(13)
    header.writeUInt32BE(width)
    header.writeUInt32BE(height, 4)
    header[8] = depth
    return Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(pixels)),
      chunk('IEND', Buffer.alloc(0)),
    ])
  }
  test.each<[string, () => Buffer, string]>([
    [
      'of 50,000² pixels',
      () => png(50_000, 50_000, Buffer.alloc(100)),
      'has 50000×50000 pixels, which is too large',
    ],
    ['with more pixels than its header says', () => png(4, 4, Buffer.alloc(50_000_000)), "can't be read"],
    ['of 16 bit', () => png(4, 4, Buffer.alloc(36), 16), 'has 16 bit and color type 0'],
    ['that is text', () => Buffer.from('no picture at all, but a text'.repeat(9)), 'is no PNG'],
    ['that is empty', () => Buffer.alloc(0), 'is no PNG'],
    ['that is cut short', () => png(40, 40, Buffer.alloc(1640)).subarray(0, 50), "can't be read"],
  ])('%s is said to be so, and the rest of the run is shown', async (_, make, message) => {
    const run = writeRun('runs/points/one')
    const picture = { width: 4, height: 4, channels: 1 as const, data: new Uint8Array(16) }
    writeFileSync(join(run, 'samples/000050.png'), encodePng(picture))
    writeFileSync(join(run, 'samples/000100.png'), make())
    // Pictures are shown where colors are.
    vi.stubEnv('FORCE_COLOR', '1')
    const { code, out } = await gankit('inspect', run)
    vi.unstubAllEnvs()
    expect(code).toBe(0)
    expect(out).toContain(`000100.png ${message}`)
    expect(out).toContain('What happened')
    expect(existsSync(join(run, 'report.html'))).toBe(true)
  })
})

test('a generator behind a link is not that of the run', async () => {
  const run = writeRun('runs/points/one')
  mkdirSync('elsewhere')
  writeFileSync('elsewhere/model.json', '{}')
  symlinkSync('../../../elsewhere', join(run, 'model'))
  const { code, err } = await gankit('sample', run, '--out', 'a.png')
  expect([code, err]).toEqual([
    2,
    expect.stringContaining('model is a link, expected a file or folder of the run'),
  ])
})
