/**
 * Draws a sheet of birds: npm run example packages/datasets/scripts/draw-birds.ts OUT.png [SIZE] [COLUMNS] [ROWS] [FIRST]
 */
import sharp from 'sharp'
import { parseBirdOptions } from '../src/birds/bird-options.ts'
import { drawBird } from '../src/birds/draw-bird.ts'
import { startRenderer } from '../src/drawn/renderer.ts'
import { compileRenderer } from '../src/node/drawn/drawing-pool.ts'

const [out = 'birds.png', ...numbers] = process.argv.slice(2)
const [size = 64, columns = 8, rows = 8, first = 0] = numbers.map(Number)
const gap = 2

await startRenderer(compileRenderer)
const tiles = Array.from({ length: columns * rows }, (_, i) => ({
  input: Buffer.from(drawBird(parseBirdOptions({ size }), first + i).bytes),
  raw: { width: size, height: size, channels: 3 as const },
  left: (i % columns) * (size + gap),
  top: Math.floor(i / columns) * (size + gap),
}))
const [width, height] = [columns, rows].map(count => count * (size + gap) - gap)
await sharp({ create: { width: width!, height: height!, channels: 3, background: '#fff' } })
  .composite(tiles)
  .png({ palette: true, colors: 256, dither: 0, effort: 10 })
  .toFile(out)
