import {
  type Batch,
  type Batches,
  type BatchOptions,
  checkInteger,
  checkSeed,
  GankitError,
  type Position,
  randomStream,
} from '@gankit/core'

/** Bytes, which batches give as numbers in [−1, 1], or floats and whole numbers, which they give as they are. */
export type Values = Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>

/** The values of a batch before they are tensors. */
export interface BatchValues {
  readonly samples: Values
  readonly conditions?: Values
}

/** The two halves of a batch: reading its values, and making tensors of them. */
export interface BatchReader<Content> {
  /** The values of these samples in this order. `indices` may not be changed. */
  read(indices: Uint32Array, position: Position): Content | Promise<Content>
  toBatch(content: Content, indices: Uint32Array, position: Position): Batch
}

/** A batch to be read. */
interface PlannedBatch {
  readonly position: Position
  readonly indices: Uint32Array
}

/**
 * Goes through samples 0 … count − 1 in batches, epoch after epoch. All datasets get their order, their positions and their
 * checks of options from here. Where `read` gives promises, one batch is read ahead; a tensor is made only when its batch
 * is asked for.
 * @throws GankitError for an option out of range
 */
export function createBatches<Content>(
  count: number,
  options: BatchOptions,
  { read, toBatch }: BatchReader<Content>,
): Batches {
  const { size, seed = 0, shuffle = true, dropLast = true, epochs = Number.POSITIVE_INFINITY } = options
  checkSize(size, count, dropLast)
  checkSeed(seed)
  if (epochs !== Number.POSITIVE_INFINITY) checkInteger('datasets', 'epochs', epochs, 1)
  const perEpoch = dropLast ? Math.floor(count / size) : Math.ceil(count / size)
  let next = findStart(options.position, epochs, perEpoch)

  function* planBatches(from: Position): Generator<PlannedBatch, undefined> {
    for (let { epoch, batch } = from; epoch < epochs; epoch++, batch = 0) {
      const order = shuffle
        ? randomStream(seed, 'datasets/order', epoch).permutation(count)
        : Uint32Array.from({ length: count }, (_, i) => i)
      for (; batch < perEpoch; batch++)
        yield { position: { epoch, batch }, indices: order.subarray(batch * size, (batch + 1) * size) }
    }
  }

  async function* walk(): AsyncGenerator<Batch, void, undefined> {
    const plan = planBatches(next)
    const startNext = () => {
      const { value: planned } = plan.next()
      return (
        planned && { ...planned, content: catchAsRejection(() => read(planned.indices, planned.position)) }
      )
    }
    let current: ReturnType<typeof startNext> = startNext()
    while (current) {
      const { position, indices } = current
      const isAsync = current.content instanceof Promise
      const content = await current.content
      const { epoch, batch } = position
      next = batch + 1 === perEpoch ? { epoch: epoch + 1, batch: 0 } : { epoch, batch: batch + 1 }
      const ahead = isAsync ? startNext() : undefined
      // The call for that batch reports its failure; the loop may end before that call.
      if (ahead?.content instanceof Promise) ahead.content.catch(() => undefined)
      yield toBatch(content, indices, position)
      current = isAsync ? ahead : startNext()
    }
  }
  return Object.assign(walk(), { position: () => next })
}

/** Turns a thrown error into a rejection, which reaches the call for the batch that failed. */
function catchAsRejection<Content>(read: () => Content | Promise<Content>): Content | Promise<Content> {
  try {
    return read()
  } catch (error) {
    return Promise.reject(error)
  }
}

function checkSize(size: number, count: number, dropLast: boolean): void {
  checkInteger('datasets', 'size', size, 1)
  if (dropLast && size > count)
    throw new GankitError(
      'datasets',
      'option',
      `size is ${size} samples a batch, but the dataset has only ${count}: take smaller batches, or keep an incomplete last one (dropLast: false)`,
    )
}

/** The first batch. The end of an epoch is batch 0 of the next one, so there is no batch `perEpoch`. */
function findStart(position: BatchOptions['position'], epochs: number, perEpoch: number): Position {
  const { epoch, batch } = position ?? { epoch: 0, batch: 0 }
  checkInteger('datasets', 'position.epoch', epoch, 0)
  checkInteger('datasets', 'position.batch', batch, 0)
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
