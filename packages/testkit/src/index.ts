export { expectClose } from './close.ts'
export { finiteDifference } from './gradient.ts'
export { testReadme } from './readme.ts'
export { savedModel } from './saved.ts'
