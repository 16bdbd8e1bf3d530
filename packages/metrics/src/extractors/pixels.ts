import * as tf from '@tensorflow/tfjs'
import type { Extractor } from '../features.ts'

/** The numbers of the images themselves, [n, numbers an image], in their order; takes any shape, points too. */
export function pixels(): Extractor {
  return {
    name: 'pixels',
    // Of the name, in UTF-8.
    sha256: '6ec9c2b0eb14010746c8bce8939303b382344b296206612eb8a907a37b2b2f37',
    extract: images => ({ features: tf.reshape(images, [images.shape[0]!, -1]) }),
  }
}
