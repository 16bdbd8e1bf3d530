import * as tf from '@tensorflow/tfjs'
import type { Candidate } from './choice.ts'

/** Plain JavaScript, which starts everywhere. */
export function createCpuCandidate(): Candidate {
  return {
    backend: 'cpu',
    async start() {
      if (!(await tf.setBackend('cpu'))) throw new Error('tfjs could not initialise it')
      return { threads: 1, reason: 'plain JavaScript: correct, but far too slow to train' }
    },
  }
}
