export { cacheFolder, type Surroundings } from './node/cache-folder.ts'
export { fileError } from './node/file-error.ts'
export { isRunning, type LockOwner, type LockWords, lock, readLock } from './node/lock.ts'
export { findPackage, listPackages, listProjects, type Project } from './node/projects.ts'
export { type ReadLimits, readFileBytes, readFileSize, readRegularFile } from './node/read-file.ts'
export { sha256OfFile, sha256Sync } from './node/sha256.ts'
export {
  pathExists,
  replaceFile,
  syncFolder,
  withCreatedFolder,
  writeFileAtomic,
  writeSynced,
} from './node/write-file.ts'
export { cleanUpFolders, findWholeFolder, removeFolder, writeFolderAtomic } from './node/write-folder.ts'
