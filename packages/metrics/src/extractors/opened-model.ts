import { forward, GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** A model of either kind, as something to run. */
export interface Opened {
  run(images: tf.Tensor): tf.Tensor
  readonly weights: readonly (readonly [string, tf.Tensor])[]
  /** Of one image, where the model says it. */
  readonly inputShape?: readonly number[]
}

/** @throws GankitError for a layer that isn't there, several inputs or outputs, and from `run` where tfjs can't */
export function opened(model: tf.LayersModel | tf.GraphModel, layer: string | undefined): Opened {
  const { inputs } = model
  if (inputs.length !== 1)
    throw wrong(`the model has ${inputs.length} inputs`, '1, a batch of images', 'take another model')
  const sides = inputs[0]!.shape?.slice(1)
  const known = sides?.length && sides.every(side => side !== null && side > 0)
  return {
    ...('layers' in model ? openedLayers(model, layer) : openedGraph(model, layer)),
    ...(known && { inputShape: sides as number[] }),
  }
}

function openedLayers(model: tf.LayersModel, layer: string | undefined): Opened {
  const found = model.layers.find(({ name }) => name === layer)
  if (layer && !found)
    throw noLayer(
      layer,
      model.layers.map(({ name }) => name),
    )
  const outputs = found ? [found.output].flat() : model.outputs
  if (outputs.length !== 1) throw wrong(`there are ${outputs.length} outputs`, '1', 'name a layer')
  const part = found ? tf.model({ inputs: model.inputs, outputs: outputs[0]! }) : model
  return {
    run: images => ran(() => forward(part, images)),
    weights: model.weights.map(weight => [weight.originalName, weight.read()] as const),
  }
}

function openedGraph(model: tf.GraphModel, node: string | undefined): Opened {
  if (!node && model.outputs.length !== 1)
    throw wrong(`there are ${model.outputs.length} outputs`, '1', 'name one of them as layer')
  return {
    run: images => ran(() => [model.execute(images, node ?? model.outputs[0]!.name)].flat()[0]!),
    weights: Object.entries(model.weights)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, tensors]) => tensors.map(tensor => [name, tensor] as const)),
  }
}

function ran(run: () => tf.Tensor): tf.Tensor {
  try {
    return run()
  } catch (cause) {
    const why = (cause as Error).message.split('\n')[0]
    throw wrong(`the model doesn't run (${why})`, 'features', 'look at imageShape and layer', cause)
  }
}

function noLayer(layer: string, names: readonly string[]): GankitError {
  const last = names.slice(-5).join(', ')
  return wrong(`there is no layer '${layer}'`, 'a name of the model', `the last ones are ${last}`)
}

function wrong(got: string, expected: string, way: string, cause?: unknown): GankitError {
  return new GankitError('metrics', 'data', `${got}, expected ${expected}: ${way}`, { cause })
}
