import * as tf from '@tensorflow/tfjs'
import type { Extractor } from '../features/features.ts'

/** The numbers of the images themselves, flattened: [n, numbers per image]. Takes any shape, points of a plane too. */
export function pixels(): Extractor {
  return {
    name: 'pixels',
    // SHA-256 of the name, in UTF-8.
    sha256: '6ec9c2b0eb14010746c8bce8939303b382344b296206612eb8a907a37b2b2f37',
    extract: images => ({ features: tf.reshape(images, [images.shape[0]!, -1]) }),
  }
}
