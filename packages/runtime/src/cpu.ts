import * as tf from '@tensorflow/tfjs'
import type { Candidate } from './choice.ts'

/** Plain JavaScript, which starts everywhere. */
export function cpuCandidate(): Candidate {
  return {
    backend: 'cpu',
    async start() {
      if (!(await tf.setBackend('cpu'))) throw new Error('tfjs could not initialise it')
      return { threads: 1, reason: 'plain JavaScript: right, but far too slow for more than a look' }
    },
  }
}
