// What @tensorflow/tfjs adds to its core: gradients of every kernel, and operations as methods of tensors.
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops'
