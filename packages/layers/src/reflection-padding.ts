import { checkOption, GankitError, hasTrainingKernel, runTrainingKernel } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { LayerOptions } from './options.ts'

type Borders = readonly [top: number, bottom: number, left: number, right: number]

export interface ReflectionPaddingOptions extends LayerOptions {
  /** Pixels at every border, or at [top, bottom, left, right]: whole numbers from 0 up, below the sides of the image. */
  readonly padding: number | Borders
}

/**
 * Pads images by their own reflection at the border, without repeating the outermost pixel, as torch.nn.ReflectionPad2d:
 * a b c with two pixels on the left is c b a b c. A convolution of padding 'valid' behind it sees no zeros, which would
 * show as a frame.
 *
 * The gradients are right in every order on every backend, whether or not tfjs' gradients are patched.
 *
 * [n, h, w, c] → [n, top + h + bottom, left + w + right, c]
 * @throws GankitError for padding that isn't whole or below 0, input of another rank, or padding of a side or more
 */
export function reflectionPadding(options: ReflectionPaddingOptions): tf.layers.Layer {
  return new ReflectionPadding(options)
}

class ReflectionPadding extends tf.layers.Layer {
  static readonly className = '@gankit/layers>ReflectionPadding'
  private readonly padding: Borders

  constructor({ padding, ...layer }: ReflectionPaddingOptions) {
    super(layer)
    // The default name is made from the class name, whose '@' and '>' tfjs forbids in names.
    this.name = layer.name ?? `reflection_padding_${this.id}`
    const borders = Array.isArray(padding) ? padding : [padding, padding, padding, padding]
    const areCounts = borders.length === 4 && borders.every(side => Number.isSafeInteger(side) && side >= 0)
    const expected = 'a whole number from 0 up, or four: [top, bottom, left, right]'
    checkOption('layers', 'reflectionPadding padding', padding, areCounts, expected)
    this.padding = borders as unknown as Borders
  }

  override build(inputShape: tf.Shape): void {
    this.checkSides(inputShape)
    this.built = true
  }

  private checkSides(shape: tf.Shape): void {
    if (shape.length !== 4)
      throw new GankitError(
        'layers',
        'data',
        `reflectionPadding '${this.name}' got input of shape [${shape}], expected [n, h, w, c]`,
      )
    const [top, bottom, left, right] = this.padding
    const fits = (side: number | null, before: number, after: number) =>
      side === null || Math.max(before, after) < side
    if (fits(shape[1]!, top, bottom) && fits(shape[2]!, left, right)) return
    throw new GankitError(
      'layers',
      'data',
      `reflectionPadding '${this.name}' got images of ${shape[1]}×${shape[2]}, expected sides above the padding [${this.padding}]: a reflection has at most one pixel less than the side`,
    )
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs
    this.checkSides(input.shape)
    return tf.tidy(() => reflect(input, this.padding))
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const [top, bottom, left, right] = this.padding
    const [n, h, w, c] = inputShape as [number | null, number | null, number | null, number | null]
    return [n, h === null ? null : top + h + bottom, w === null ? null : left + w + right, c]
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), padding: [...this.padding] }
  }
}

tf.serialization.registerClass(ReflectionPadding)

/** Each call makes the custom gradient anew, since the tape may be patched after this module has loaded. */
function reflect(x: tf.Tensor, padding: Borders): tf.Tensor {
  const [top, bottom, left, right] = padding
  const paddings: [number, number][] = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]
  const apply = tf.customGrad(x => ({
    value: tf.mirrorPad(x as tf.Tensor, paddings, 'reflect'),
    gradFunc: dy => fold(dy, padding),
  }))
  return apply(x)
}

/** The gradient of `reflect`, which is linear: adds the borders to the pixels that they reflect. */
function fold(dy: tf.Tensor, padding: Borders): tf.Tensor {
  const [top, bottom, left, right] = padding
  const apply = tf.customGrad(dy => ({
    value: hasTrainingKernel('ReflectionPadGrad')
      ? runTrainingKernel('ReflectionPadGrad', { dy: dy as tf.Tensor }, { top, bottom, left, right })[0]!
      : foldAxis(foldAxis(dy as tf.Tensor, 1, top, bottom), 2, left, right),
    gradFunc: ddx => reflect(ddx, padding),
  }))
  return apply(dy)
}

function foldAxis(dy: tf.Tensor, axis: 1 | 2, before: number, after: number): tf.Tensor {
  const size = dy.shape[axis]! - before - after
  const part = (from: number, length: number): tf.Tensor =>
    dy.slice(
      dy.shape.map((_, i) => (i === axis ? from : 0)),
      dy.shape.map((all, i) => (i === axis ? length : all)),
    )
  const place = (reflected: tf.Tensor, from: number): tf.Tensor =>
    reflected
      .reverse(axis)
      .pad(dy.shape.map((_, i) => (i === axis ? [from, size - from - reflected.shape[axis]!] : [0, 0])))
  let sum = part(before, size)
  if (before > 0) sum = sum.add(place(part(0, before), 1))
  if (after > 0) sum = sum.add(place(part(before + size, after), size - after - 1))
  return sum
}
