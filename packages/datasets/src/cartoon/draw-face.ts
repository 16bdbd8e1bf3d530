import { type RandomStream, randomStream } from '@gankit/core'
import { type DrawnPicture, renderRgb } from '../drawn/renderer.ts'
import { reduceSample } from '../images/bicubic.ts'
import { toGray } from '../images/gray.ts'
import { chooseFace } from './choose-face.ts'
import { type Canvas, reduceToBytes } from './drawings/canvas.ts'
import { drawEdges } from './drawings/edges.ts'
import { drawLabelMap } from './drawings/label-map.ts'
import { drawOutline } from './drawings/outline.ts'
import { paint } from './drawings/painting.ts'
import { sketch } from './drawings/pencil.ts'
import { formatFaceSvg } from './drawings/svg.ts'
import type { FaceSettings } from './face-options.ts'
import type { CartoonDrawing, FaceStyle, Parts } from './style.ts'
import { stylesByName } from './styles.ts'

/** Goes up with every change of choices, names or drawing, so that caches of an earlier version are made anew. */
export const drawingVersion = 3

/** A face to be drawn. */
interface Subject {
  readonly style: FaceStyle
  readonly parts: Parts
  readonly size: number
  /** What a hand adds; its numbers are of this face and this drawing alone. */
  readonly random: RandomStream
}

const drawings: Readonly<Record<CartoonDrawing, (subject: Subject) => Uint8Array<ArrayBuffer>>> = {
  picture: ({ style, parts, size }) => renderRgb(formatFaceSvg(style, parts), size),
  labels: ({ style, parts, size }) => drawLabelMap(style, parts, size).bytes,
  edges: subject => drawEdges(drawings.picture(subject), subject.size, subject.random),
  outline: ({ style, parts, size }) => drawOutline(style, parts, size),
  gray: subject => repeatGray(toGray(drawings.picture(subject))),
  painted: subject => drawByHand(subject, paint),
  pencil: subject => drawByHand(subject, sketch),
}

/** Draws face `index`; await `startRenderer` before. */
export function drawFace(
  { style: name, drawing, seed, size, reduce, noise, colorCast }: FaceSettings,
  index: number,
): DrawnPicture {
  const style = stylesByName[name]
  const { attributes, parts } = chooseFace(style, seed, index)
  const random = randomStream(seed, `datasets/cartoon/${name}/${drawing}`, index)
  const drawn = drawings[drawing]({ style, parts, size, random })
  const bytes = reduceSample(drawn, { width: size, height: size, channels: 3, reduce })
  if (noise > 0 || colorCast > 0)
    addNoise(bytes, randomStream(seed, `datasets/cartoon/${name}/noise`, index), { noise, colorCast })
  return { bytes, attributes }
}

/** Levels in a unit of [−1, 1]. */
const levelsPerUnit = 127.5

/** Adds a color cast and noise to levels, in place. The noise is the same whatever the cast, and in each drawing. */
function addNoise(
  bytes: Uint8Array,
  random: RandomStream,
  { noise, colorCast }: Pick<FaceSettings, 'noise' | 'colorCast'>,
): void {
  const cast = random.normal(3, 0, colorCast * levelsPerUnit)
  const added = random.normal(bytes.length, 0, noise * levelsPerUnit)
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = Math.min(255, Math.max(0, Math.round(bytes[i]! + cast[i % 3]! + added[i]!)))
}

/** Three equal channels. */
function repeatGray(gray: Uint8Array): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array(gray.length * 3)
  for (const [i, level] of gray.entries()) rgb.fill(level, 3 * i, 3 * i + 3)
  return rgb
}

/** Pixels a side from which strokes are smooth by themselves. */
const largeSide = 192

/** Draws by strokes: of a small picture at twice its size, so that their edges are smooth. */
function drawByHand(
  subject: Subject,
  draw: (picture: Canvas, random: RandomStream) => Canvas,
): Uint8Array<ArrayBuffer> {
  const scale = subject.size < largeSide ? 2 : 1
  const side = subject.size * scale
  const rgb = Float32Array.from(drawings.picture({ ...subject, size: side }))
  return reduceToBytes(draw({ side, rgb }, subject.random), scale)
}
