import { drawSamples, type GivenInputs, openGenerator } from '@gankit/inference'
import { memory, setBackend } from '@tensorflow/tfjs'

/** A saved generator to draw from. */
export interface GeneratorTask {
  /** The address of its model.json; relative to the page. */
  readonly address: string
  readonly count: number
  readonly seed: number
  readonly given?: GivenInputs
}

export interface GeneratorAnswer {
  readonly samples?: readonly number[]
  readonly sampleShape?: readonly number[]
  /** Tensors left behind. */
  readonly leaked?: number
  /** The message of the error, where it could not be opened. */
  readonly error?: string
}

/** Opens, draws and disposes. */
export async function answer({ address, count, seed, given }: GeneratorTask): Promise<GeneratorAnswer> {
  await setBackend('cpu')
  const before = memory().numTensors
  try {
    const generator = await openGenerator(address)
    const { samples, sampleShape } = await drawSamples(generator, count, seed, given)
    generator.dispose()
    return { samples: [...samples], sampleShape, leaked: memory().numTensors - before }
  } catch (error) {
    return { error: (error as Error).message }
  }
}
