export { type EventFileWriter, eventFileWriter } from './node/event-file.ts'
export { fileStore } from './node/file-store.ts'
