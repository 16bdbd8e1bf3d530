// What a build of gankit imports for TensorFlow.js, see tsdown.base.ts; sources import TensorFlow.js itself.
export * from '@tensorflow/tfjs'
