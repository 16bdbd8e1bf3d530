// Every penalty, a line each. The types of settings and their checks are made from this list.
export { entry as gradientPenalty } from './gradient-penalty.ts'
export { entry as r1 } from './r1.ts'
export { entry as r2 } from './r2.ts'
