import { protobuf } from '@gankit/core'
import { tfRecord } from './record.ts'

const { chosenFloat, double, doubles, joined, message, text, whole } = protobuf
type Fields = protobuf.Fields

/** Counts of values by size: `counts[i]` of them are below `limits[i]` and not below `limits[i - 1]`. */
export interface HistogramSummary {
  readonly min: number
  readonly max: number
  /** How many values. */
  readonly count: number
  readonly sum: number
  readonly sumOfSquares: number
  /** Increasing, as many as `counts`. */
  readonly limits: readonly number[]
  readonly counts: readonly number[]
}

/** A picture as a PNG file. */
export interface ImageSummary {
  readonly png: Uint8Array
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** 1 gray, 2 gray with alpha, 3 RGB, 4 RGBA. */
  readonly channels: 1 | 2 | 3 | 4
}

/** One thing to show, under a tag; a '/' in a tag makes groups of tags. Text is Markdown. */
export type SummaryValue = { readonly tag: string } & (
  | { readonly scalar: number }
  | { readonly histogram: HistogramSummary }
  | { readonly image: ImageSummary }
  | { readonly text: string }
)

/**
 * What an event says: 'version' what kind of file this is, which comes first; 'start' that what was written for this
 * step and later ones no longer holds; 'values' what to show at this step.
 */
export type TensorBoardEvent = {
  /** Seconds since 1970. */
  readonly wallTime: number
  /** A whole number from 0. */
  readonly step: number
} & (
  | { readonly type: 'version' }
  | { readonly type: 'start' }
  | { readonly type: 'values'; readonly values: readonly SummaryValue[] }
)

/**
 * One event as a record of an event file, which TensorBoard reads: a file is such records in a row, the first of type
 * 'version'. Fields are in the order of their numbers, as TensorFlow's own writers have them.
 * Source: tensorflow/core/util/event.proto and tensorflow/core/framework/{summary,tensor,tensor_shape}.proto.
 */
export function eventRecord(event: TensorBoardEvent): Uint8Array<ArrayBuffer> {
  return tfRecord(joined(double(1, event.wallTime), whole(2, event.step), contentOf(event)))
}

function contentOf(event: TensorBoardEvent): Fields {
  if (event.type === 'version') return text(3, 'brain.Event:2')
  // SessionLog, whose status 1 is START.
  if (event.type === 'start') return message(7, whole(1, 1))
  return message(5, ...event.values.map(value => message(1, summaryValue(value))))
}

function summaryValue(value: SummaryValue): Fields {
  const tag = text(1, value.tag)
  if ('scalar' in value) return joined(tag, chosenFloat(2, value.scalar))
  if ('image' in value) return joined(tag, message(4, imageOf(value.image)))
  if ('histogram' in value) return joined(tag, message(5, histogram(value.histogram)))
  return joined(tag, message(8, textTensor(value.text)), message(9, message(1, text(1, 'text'))))
}

function imageOf({ height, width, channels, png }: ImageSummary): Fields {
  return joined(whole(1, height), whole(2, width), whole(3, channels), message(4, png))
}

function histogram({ min, max, count, sum, sumOfSquares, limits, counts }: HistogramSummary): Fields {
  return joined(
    ...[min, max, count, sum, sumOfSquares].map((value, i) => double(i + 1, value)),
    doubles(6, limits),
    doubles(7, counts),
  )
}

/** A tensor of one string: what TensorBoard's text plugin shows. */
function textTensor(value: string): Fields {
  const stringType = 7
  const shapeOfOne = message(2, whole(1, 1))
  return joined(whole(1, stringType), message(2, shapeOfOne), text(8, value))
}
