import type { Dataset } from '@gankit/core'
import { fromArrays, mnist } from '@gankit/datasets'
import { digitsSplit } from '@gankit/metrics'

const pixels = 28 * 28

/** Digits as they are kept: a byte a pixel, and what each is. */
export interface Digits {
  readonly images: Uint8Array
  readonly labels: Uint8Array
}

/** The embedded digits: those to choose from, and those that nobody learns from. */
export async function digitSets(): Promise<{ readonly known: Digits; readonly heldOut: Digits }> {
  const images = new Uint8Array(10_000 * pixels)
  const labels = new Uint8Array(10_000)
  let at = 0
  for await (const { samples, labels: own } of (await mnist()).batches({
    size: 100,
    shuffle: false,
    epochs: 1,
  })) {
    const values = await samples.data<'float32'>()
    samples.dispose()
    images.set(
      Uint8Array.from(values, value => Math.round((value + 1) * 127.5)),
      at * pixels,
    )
    labels.set(own!, at)
    at += 100
  }
  const part = (from: number, to: number): Digits => ({
    images: images.subarray(from * pixels, to * pixels),
    labels: labels.subarray(from, to),
  })
  const { trained, heldOut } = digitsSplit
  return { known: part(trained.from, trained.to), heldOut: part(heldOut.from, heldOut.to) }
}

/** The first `each` digits of every class in a random order. */
export function balanced({ images, labels }: Digits, each: number, order: ArrayLike<number>): Digits {
  const counts = new Uint8Array(10)
  const chosen = Array.from(order).filter(
    index => counts[labels[index]!]! < each && ++counts[labels[index]!]!,
  )
  const some = { images: new Uint8Array(chosen.length * pixels), labels: new Uint8Array(chosen.length) }
  for (const [row, index] of chosen.entries()) {
    some.images.set(images.subarray(index * pixels, (index + 1) * pixels), row * pixels)
    some.labels[row] = labels[index]!
  }
  return some
}

export function datasetOfDigits(digits: Digits): Dataset {
  return fromArrays({
    samples: digits.images,
    labels: digits.labels,
    shape: [28, 28, 1],
    classes: Array.from('0123456789'),
  })
}
