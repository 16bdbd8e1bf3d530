export { cacheFolder, type Surroundings } from './node/cache-folder.ts'
export { isRunning } from './node/is-running.ts'
export { type LockWords, lock } from './node/lock.ts'
export { replaceFile, syncFolder, writeSynced } from './node/write-aside.ts'
