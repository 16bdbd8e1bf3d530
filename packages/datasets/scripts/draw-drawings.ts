/**
 * Draws a sheet of all drawings of cartoon faces: a column each, and faces of each style below one another.
 * npm run example packages/datasets/scripts/draw-drawings.ts OUT.png [SIZE] [FACES]
 * FACES are their numbers, with the styles in turn: 6,7,8 is a face of each, 6,7,8,14,9,10 are two.
 */
import sharp from 'sharp'
import { drawFace } from '../src/cartoon/draw-face.ts'
import { parseFaceOptions } from '../src/cartoon/face-options.ts'
import { cartoonDrawingNames, cartoonStyleNames } from '../src/cartoon/style.ts'
import { startRenderer } from '../src/drawn/renderer.ts'
import { compileRenderer } from '../src/node/drawn/drawing-pool.ts'

const [out = 'drawings.png', side = '80', faces = '6,7,8,14,9,10'] = process.argv.slice(2)
const size = Number(side)
const gap = 2
const rows = faces.split(',').map((face, i) => ({
  style: cartoonStyleNames[i % cartoonStyleNames.length]!,
  face: Number(face),
}))

await startRenderer(compileRenderer)
const tiles = rows.flatMap(({ style, face }, row) =>
  cartoonDrawingNames.map((drawing, column) => ({
    input: Buffer.from(drawFace(parseFaceOptions({ style, drawing, size }), face).bytes),
    raw: { width: size, height: size, channels: 3 as const },
    left: column * (size + gap),
    top: row * (size + gap),
  })),
)
await sharp({
  create: {
    width: cartoonDrawingNames.length * (size + gap) - gap,
    height: rows.length * (size + gap) - gap,
    channels: 3,
    background: '#ddd',
  },
})
  .composite(tiles)
  .png({ palette: true, colors: 256, dither: 0, effort: 10 })
  .toFile(out)
