import * as tf from '@tensorflow/tfjs'

/** scale·sin(place·0.7 + letters of the name), as in fixtures/make_fixtures.py. */
export function sines(name: string, shape: readonly number[], scale: number): tf.Tensor {
  const start = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 100
  const count = shape.reduce((product, side) => product * side, 1)
  return tf.tensor(
    Float32Array.from({ length: count }, (_, place) => scale * Math.sin(0.7 * place + start)),
    [...shape],
  )
}

/** A picture [n, h, w, c] of the fixtures. */
export function picture(name: string, shape: readonly number[]): tf.Tensor {
  return sines(name, shape, 0.9)
}

/** Gives a network the weights of the fixtures: sines, around 1 for γ. */
export function setSines(model: tf.LayersModel, network: string): void {
  for (const weight of model.trainableWeights) {
    const name = weight.originalName
    const scale = name.endsWith('kernel') ? 0.2 : 0.1
    const base = name.endsWith('gamma') ? 1 : 0
    tf.tidy(() => void weight.write(sines(`${network}/${name}`, weight.shape as number[], scale).add(base)))
  }
}
