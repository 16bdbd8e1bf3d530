/**
 * Draws a sheet of noisy cartoon faces: a row each of clean ones, with noise, with a color cast, with both, and their label maps.
 * npm run example packages/datasets/scripts/draw-noisy.ts OUT.png [SIZE] [NOISE] [CAST]
 */
import sharp from 'sharp'
import { drawFace } from '../src/cartoon/draw-face.ts'
import { type FaceOptions, parseFaceOptions } from '../src/cartoon/face-options.ts'
import { startRenderer } from '../src/drawn/renderer.ts'
import { compileRenderer } from '../src/node/drawn/drawing-pool.ts'

const [out = 'noisy.png', side = '80', std = '0.4', cast = '0.3'] = process.argv.slice(2)
const [size, noise, colorCast] = [Number(side), Number(std), Number(cast)]
const [gap, columns] = [2, 8]
const rows: readonly FaceOptions[] = [
  {},
  { noise },
  { colorCast },
  { noise, colorCast },
  { noise, colorCast, drawing: 'labels' },
]

await startRenderer(compileRenderer)
const tiles = rows.flatMap((options, row) =>
  Array.from({ length: columns }, (_, face) => ({
    input: Buffer.from(drawFace(parseFaceOptions({ size, ...options }), face).bytes),
    raw: { width: size, height: size, channels: 3 as const },
    left: face * (size + gap),
    top: row * (size + gap),
  })),
)
const [width, height] = [columns, rows.length].map(count => count * (size + gap) - gap)
await sharp({ create: { width: width!, height: height!, channels: 3, background: '#ddd' } })
  .composite(tiles)
  .png({ palette: true, colors: 256, dither: 0, effort: 10 })
  .toFile(out)
