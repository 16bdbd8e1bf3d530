import { formatExpected, GankitError, isGankitError, sizeOfShape, toHalf } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import * as v from 'valibot'
import type { Refuse } from './metadata.ts'

/** How weights are kept: as they are, or rounded to 16-bit floats, in half the bytes. */
export type WeightPrecision = 'float32' | 'float16'

const side = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const manifestSchema = v.array(
  v.looseObject({
    // Plain names: nothing outside the model's folder is read.
    paths: v.array(v.pipe(v.string(), v.regex(/^(?!\.{1,2}$)[^/\\]+$/, 'a file name'))),
    weights: v.array(
      v.looseObject({
        name: v.string(),
        shape: v.array(side),
        // A text's bytes can't be told from its shape.
        dtype: v.picklist(['float32', 'int32', 'bool', 'complex64']),
        quantization: v.optional(v.looseObject({ dtype: v.picklist(['uint8', 'uint16', 'float16']) })),
      }),
    ),
  }),
)

/** @throws GankitError for a manifest that TensorFlow.js could not read, or that names files elsewhere */
export function checkManifest(manifest: unknown, refuse: Refuse): tf.io.WeightsManifestConfig {
  const result = v.safeParse(manifestSchema, manifest)
  if (result.success) {
    const names = result.output.flatMap(({ paths }) => paths)
    const twice = names.find((name, i) => names.indexOf(name) !== i)
    if (twice !== undefined) throw refuse(`names weight file ${twice} twice`, 'each file once')
    return manifest as tf.io.WeightsManifestConfig
  }
  const issue = result.issues[0]
  const path = ['weightsManifest', v.getDotPath(issue)].filter(Boolean).join('.')
  throw refuse(
    `names ${path} ${issue.received}`,
    issue.type !== 'regex' && issue.expected ? formatExpected(issue.expected) : issue.message,
  )
}

const widths: Readonly<Record<string, number>> = {
  float32: 4,
  float16: 2,
  int32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
  complex64: 8,
}

/** The bytes that weights need. */
export function countWeightBytes(specs: readonly tf.io.WeightsManifestEntry[]): number {
  return specs.reduce(
    (sum, { shape, dtype, quantization }) => sum + widths[quantization?.dtype ?? dtype]! * sizeOfShape(shape),
    0,
  )
}

/** Parts one after another. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let from = 0
  for (const part of parts) {
    all.set(part, from)
    from += part.length
  }
  return all
}

/** Weights and what describes them. */
export interface EncodedWeights {
  readonly specs: readonly tf.io.WeightsManifestEntry[]
  /** All weights one after another, in the order of `specs`. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * Rounds weights to 16-bit floats, marked in the way of TensorFlow.js's converter, which every loader of TensorFlow.js
 * decodes; whole numbers stay as they are.
 * @throws GankitError that names a weight of another kind, or with numbers beyond the range of 16 bits
 */
export function halveWeights({ specs, bytes }: EncodedWeights): EncodedWeights {
  let from = 0
  const parts = specs.map(spec => {
    if (spec.dtype !== 'float32' && spec.dtype !== 'int32')
      throw new GankitError(
        'inference',
        'data',
        `weight ${spec.name} is of kind ${spec.dtype}, expected float32 or int32: keep 32 bits`,
      )
    const own = bytes.slice(from, from + 4 * sizeOfShape(spec.shape))
    from += own.length
    return spec.dtype === 'float32' ? halveWeight(spec, own) : { spec, bytes: own }
  })
  return { specs: parts.map(({ spec }) => spec), bytes: joinBytes(parts.map(({ bytes }) => bytes)) }
}

function halveWeight(spec: tf.io.WeightsManifestEntry, { buffer }: Uint8Array<ArrayBuffer>) {
  // The converter writes both; TensorFlow.js's types know but the first.
  const quantization = { dtype: 'float16' as const, original_dtype: 'float32' }
  try {
    return { spec: { ...spec, quantization }, bytes: toHalf(new Float32Array(buffer)) }
  } catch (error) {
    if (!isGankitError(error)) throw error
    throw new GankitError(
      'inference',
      'data',
      `weight ${spec.name}: ${error.message.replace(/^\[.+?\] /, '')}`,
      { cause: error },
    )
  }
}
