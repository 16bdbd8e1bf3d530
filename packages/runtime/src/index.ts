export {
  type BackendChoice,
  type BackendRequest,
  type Candidate,
  type ChoiceOptions,
  chooseBackend,
  type Precision,
  type Refusal,
  type Started,
} from './choice.ts'
export { patchGradients } from './gradients/patch.ts'
export { maxWasmBytes } from './wasm/memory.ts'
export { registerWasmTrainingKernels } from './wasm/register.ts'
export { wasmThreads } from './wasm/thread-pool.ts'
export { registerWebglTrainingKernels } from './webgl/register.ts'
export { registerWebgpuTrainingKernels } from './webgpu/register.ts'
