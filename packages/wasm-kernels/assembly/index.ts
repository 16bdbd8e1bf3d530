export { run, runWorker, stopWorkers } from './thread-pool'
// These are called only from inside the module; exporting a function keeps the compiler from inlining it.
export { columnTile, dotTile, rowTile } from './tile'
