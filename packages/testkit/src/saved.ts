import * as tf from '@tensorflow/tfjs'

/** Saves a model to memory, by way of JSON; `tf.io.fromMemory` loads the result. */
export async function savedModel(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let kept: tf.io.ModelArtifacts | undefined
  const handler = tf.io.withSaveHandler(async artifacts => {
    kept = artifacts
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
  })
  await model.save(handler)
  const { modelTopology, weightSpecs, weightData } = kept!
  return {
    modelTopology: JSON.parse(JSON.stringify(modelTopology)),
    weightSpecs: weightSpecs!,
    weightData: weightData!,
  }
}
