import { testAgainstPyTorch } from './convolutional-pytorch.ts'

// Stock tfjs, as it comes.
testAgainstPyTorch({ blocks: false })
