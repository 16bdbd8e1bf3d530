import { identityKernel } from './identity.ts'
import { replaceKernel } from './kernels.ts'
import { matMulKernel } from './mat-mul.ts'

/**
 * Replaces the wasm kernels on which training is slow by faster ones with the same results. Call it once after
 * `@tensorflow/tfjs-backend-wasm` is imported, before or after the backend starts; a second call changes nothing.
 * @throws GankitError when the wasm backend is not there
 */
export function registerWasmTrainingKernels(): void {
  replaceKernel(matMulKernel())
  replaceKernel(identityKernel())
}
