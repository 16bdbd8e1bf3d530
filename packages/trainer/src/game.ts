export { type DataStreams, type StepOptions, type StepResult, takeStep } from './game/step.ts'
export { applyUpdate, type ComputedUpdate, computeUpdate, dropGradients } from './game/update.ts'
