// By path: the runtime's own tests use these layers, so that a dependency on it would close a circle.
import { selectBackend } from '../../runtime/src/node.ts'
import { testAgainstPyTorch } from './convolutional-pytorch.ts'

await selectBackend({ backend: 'cpu' })
testAgainstPyTorch({ blocks: true })
