import {
  type Batch,
  type Batches,
  type BatchOptions,
  checkSeed,
  GankitError,
  type Position,
  randomStream,
} from '@gankit/core'

/** Gives the batch of these samples in this order, at once or later. The indices stay the walk's own. */
export type ReadBatch = (indices: Uint32Array) => Batch | Promise<Batch>

/**
 * Goes through samples 0 … count − 1 in batches, epoch after epoch. All datasets get their order, their positions
 * and their checks of options here; what differs is `read`. Nothing is read ahead.
 * @throws GankitError for an option out of range
 */
export function batchesOf(count: number, options: BatchOptions, read: ReadBatch): Batches {
  const { size, seed = 0, shuffle = true, dropLast = true, epochs = Number.POSITIVE_INFINITY } = options
  checkSize(size, count, dropLast)
  checkSeed(seed)
  if (epochs !== Number.POSITIVE_INFINITY) checkWhole('epochs', epochs, 1)
  const perEpoch = dropLast ? Math.floor(count / size) : Math.ceil(count / size)
  let { epoch, batch } = startAt(options.position, epochs, perEpoch)

  async function* walk(): AsyncGenerator<Batch, void, undefined> {
    while (epoch < epochs) {
      const order = shuffle
        ? randomStream(seed, 'datasets/order', epoch).permutation(count)
        : Uint32Array.from({ length: count }, (_, i) => i)
      const current = epoch
      while (epoch === current) {
        const next = await read(order.subarray(batch * size, (batch + 1) * size))
        batch++
        if (batch === perEpoch) [epoch, batch] = [epoch + 1, 0]
        yield next
      }
    }
  }
  return Object.assign(walk(), { position: () => ({ epoch, batch }) })
}

function checkSize(size: number, count: number, dropLast: boolean): void {
  checkWhole('size', size, 1)
  if (dropLast && size > count)
    throw new GankitError(
      'datasets',
      'option',
      `size is ${size} samples a batch, but the dataset has only ${count}: take a size up to ${count}, or dropLast: false`,
    )
}

/** The end of one epoch is the start of the next: batch `perEpoch` does not exist. */
function startAt(position: BatchOptions['position'], epochs: number, perEpoch: number): Position {
  const { epoch, batch } = position ?? { epoch: 0, batch: 0 }
  checkWhole('position.epoch', epoch, 0)
  checkWhole('position.batch', batch, 0)
  const last = epoch === epochs ? 0 : perEpoch - 1
  if (epoch > epochs || batch > last)
    throw new GankitError(
      'datasets',
      'option',
      epoch > epochs
        ? `position.epoch is ${epoch}, expected at most ${epochs}, the number of epochs`
        : `position.batch is ${batch}, expected at most ${last} in epoch ${epoch}: are data, size and dropLast those of the run that saved it?`,
    )
  return { epoch, batch }
}

function checkWhole(name: string, value: number, min: number): void {
  if (!Number.isSafeInteger(value) || value < min)
    throw new GankitError(
      'datasets',
      'option',
      `${name} is ${value}, expected a whole number of at least ${min}`,
    )
}
