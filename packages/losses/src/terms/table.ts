// Every term that `ObjectiveSettings` may name, a line each: those of a `GeneratorTermContext`.
export { entry as features } from './feature-matching.ts'
export { entry as l1 } from './l1.ts'
