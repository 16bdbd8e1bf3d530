import { GankitError } from '@gankit/core'
import { expect, test } from 'vitest'
import { registerWasmTrainingKernels } from '../src/index.ts'

// This file imports no wasm backend, and neither does the package's main entry.
test('without the wasm backend the error says what to import', () => {
  expect(registerWasmTrainingKernels).toThrow(GankitError)
  expect(registerWasmTrainingKernels).toThrow(
    "[gankit/runtime] the wasm backend has no kernel BatchMatMul: import '@tensorflow/tfjs-backend-wasm' 4.22",
  )
})
