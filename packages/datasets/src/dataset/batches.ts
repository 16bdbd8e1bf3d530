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

/** How a dataset's samples come: first their values, at once or later, then the batch made of them. */
export interface Reading<Values> {
  /** The values of these samples in this order. The indices stay the walk's own. */
  read(indices: Uint32Array): Values | Promise<Values>
  toBatch(values: Values, indices: Uint32Array, position: Position): Batch
}

/** Samples to be read next. */
interface Stop {
  readonly position: Position
  readonly indices: Uint32Array
}

/**
 * Goes through samples 0 … count − 1 in batches, epoch after epoch. All datasets get their order, their positions
 * and their checks of options here; what differs is `read`. Values that take their time are read one batch ahead;
 * tensors are not made before they are asked for.
 * @throws GankitError for an option out of range
 */
export function batchesOf<Values>(
  count: number,
  options: BatchOptions,
  { read, toBatch }: Reading<Values>,
): Batches {
  const { size, seed = 0, shuffle = true, dropLast = true, epochs = Number.POSITIVE_INFINITY } = options
  checkSize(size, count, dropLast)
  checkSeed(seed)
  if (epochs !== Number.POSITIVE_INFINITY) checkInteger('datasets', 'epochs', epochs, 1)
  const perEpoch = dropLast ? Math.floor(count / size) : Math.ceil(count / size)
  let next = startAt(options.position, epochs, perEpoch)

  function* stops(from: Position): Generator<Stop, undefined> {
    for (let { epoch, batch } = from; epoch < epochs; epoch++, batch = 0) {
      const order = shuffle
        ? randomStream(seed, 'datasets/order', epoch).permutation(count)
        : Uint32Array.from({ length: count }, (_, i) => i)
      for (; batch < perEpoch; batch++)
        yield { position: { epoch, batch }, indices: order.subarray(batch * size, (batch + 1) * size) }
    }
  }

  async function* walk(): AsyncGenerator<Batch, void, undefined> {
    const route = stops(next)
    const upcoming = () => {
      const { value: stop } = route.next()
      return stop && { ...stop, values: orRejection(() => read(stop.indices)) }
    }
    let coming: ReturnType<typeof upcoming> = upcoming()
    while (coming) {
      const { position, indices } = coming
      const slow = coming.values instanceof Promise
      const values = await coming.values
      const { epoch, batch } = position
      next = batch + 1 === perEpoch ? { epoch: epoch + 1, batch: 0 } : { epoch, batch: batch + 1 }
      const ahead = slow ? upcoming() : undefined
      // A failure is for the call that asks for that batch; a loop may end before there is one.
      if (ahead?.values instanceof Promise) ahead.values.catch(() => undefined)
      yield toBatch(values, indices, position)
      coming = slow ? ahead : upcoming()
    }
  }
  return Object.assign(walk(), { position: () => next })
}

/** What fails at once fails as a promise, so that the call it is for gets it. */
function orRejection<Values>(read: () => Values | Promise<Values>): Values | Promise<Values> {
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
      `size is ${size} samples a batch, but the dataset has only ${count}: take a size up to ${count}, or dropLast: false`,
    )
}

/** The end of one epoch is the start of the next: batch `perEpoch` does not exist. */
function startAt(position: BatchOptions['position'], epochs: number, perEpoch: number): Position {
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
