/** TensorFlow.js, whose own scripts run before this one. @type {typeof import('@tensorflow/tfjs')} */
export const tf = Reflect.get(globalThis, 'tf')
