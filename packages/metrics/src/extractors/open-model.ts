import { forward, GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** A layers or graph model, ready to run. */
interface OpenModel {
  run(images: tf.Tensor): tf.Tensor
  readonly weights: readonly (readonly [string, tf.Tensor])[]
  /** The shape of one image, where the model declares it. */
  readonly inputShape?: readonly number[]
}

/**
 * @param layer the layer or node whose output is wanted; undefined: the model's own
 * @throws GankitError for an unknown layer, several inputs or outputs, and from `run` where TensorFlow.js fails
 */
export function openModel(model: tf.LayersModel | tf.GraphModel, layer: string | undefined): OpenModel {
  const { inputs } = model
  if (inputs.length !== 1)
    throw modelError(`the model has ${inputs.length} inputs`, '1, a batch of images', 'take another model')
  const sides = inputs[0]!.shape?.slice(1)
  const known = sides?.length && sides.every(side => side !== null && side > 0)
  return {
    ...('layers' in model ? openLayersModel(model, layer) : openGraphModel(model, layer)),
    ...(known && { inputShape: sides as number[] }),
  }
}

function openLayersModel(model: tf.LayersModel, layer: string | undefined): OpenModel {
  const found = model.layers.find(({ name }) => name === layer)
  if (layer && !found)
    throw layerError(
      layer,
      model.layers.map(({ name }) => name),
    )
  const outputs = found ? [found.output].flat() : model.outputs
  if (outputs.length !== 1) throw modelError(`there are ${outputs.length} outputs`, '1', 'name a layer')
  const part = found ? tf.model({ inputs: model.inputs, outputs: outputs[0]! }) : model
  return {
    run: images => runModel(() => forward(part, images)),
    weights: model.weights.map(weight => [weight.originalName, weight.read()] as const),
  }
}

function openGraphModel(model: tf.GraphModel, node: string | undefined): OpenModel {
  if (!node && model.outputs.length !== 1)
    throw modelError(`there are ${model.outputs.length} outputs`, '1', 'name one of them as layer')
  return {
    run: images => runModel(() => [model.execute(images, node ?? model.outputs[0]!.name)].flat()[0]),
    weights: Object.entries(model.weights)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, tensors]) => tensors.map(tensor => [name, tensor] as const)),
  }
}

function runModel(run: () => tf.Tensor | undefined): tf.Tensor {
  try {
    const output = run()
    // As of a graph that runs in a circle.
    if (!output) throw new Error('it gives nothing')
    return output
  } catch (cause) {
    const why = (cause as Error).message.split('\n')[0]
    throw modelError(
      `the model doesn't run (${why})`,
      'features',
      'look at the shape of its images, and at the layer',
      cause,
    )
  }
}

function layerError(layer: string, names: readonly string[]): GankitError {
  const last = names.slice(-5).join(', ')
  return modelError(`there is no layer '${layer}'`, 'a name of the model', `the last ones are ${last}`)
}

function modelError(got: string, expected: string, advice: string, cause?: unknown): GankitError {
  return new GankitError('metrics', 'data', `${got}, expected ${expected}: ${advice}`, { cause })
}
