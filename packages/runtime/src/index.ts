export { type BackendChoice, type Candidate, chooseBackend, type Refusal } from './choice.ts'
export { registerWasmTrainingKernels } from './wasm/register.ts'
