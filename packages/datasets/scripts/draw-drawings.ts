/**
 * Draws a sheet of all drawings of cartoon faces: a column each, and faces of each style below one another.
 * npm run example packages/datasets/scripts/draw-drawings.ts OUT.png [SIZE] [FACES]
 */
import sharp from 'sharp'
import { drawFace } from '../src/cartoon/draw-face.ts'
import { parseFaceOptions } from '../src/cartoon/face-options.ts'
import { startRenderer } from '../src/cartoon/renderer.ts'
import { cartoonDrawingNames, cartoonStyleNames } from '../src/cartoon/style.ts'
import { compileRenderer } from '../src/node/cartoon/drawing-pool.ts'

const [out = 'drawings.png', side = '64', faces = '2'] = process.argv.slice(2)
const [size, count] = [Number(side), Number(faces)]
const gap = 2

await startRenderer(compileRenderer)
const tiles = cartoonStyleNames.flatMap((style, row) =>
  Array.from({ length: count }, (_, face) =>
    cartoonDrawingNames.map((drawing, column) => ({
      input: Buffer.from(drawFace(parseFaceOptions({ style, drawing, size }), face + 3).bytes),
      raw: { width: size, height: size, channels: 3 as const },
      left: column * (size + gap),
      top: (row * count + face) * (size + gap),
    })),
  ).flat(),
)
await sharp({
  create: {
    width: cartoonDrawingNames.length * (size + gap) - gap,
    height: cartoonStyleNames.length * count * (size + gap) - gap,
    channels: 3,
    background: '#ddd',
  },
})
  .composite(tiles)
  .png({ compressionLevel: 9 })
  .toFile(out)
