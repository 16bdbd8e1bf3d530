export type { Check, Diagnosis, Reading, ReadingsContext } from './doctor/check.ts'
export { type FindingName, findingNames } from './doctor/checks.ts'
export {
  effectiveRank,
  meanPairwiseDistance,
  type NearestOptions,
  nearestDistances,
} from './doctor/distances.ts'
export { minimumLoss } from './doctor/doctor.ts'
export { autocorrelation, detectPeriod, type Oscillation } from './doctor/period.ts'
export type { RealSamples, SampleComparison } from './doctor/sample-checks.ts'
