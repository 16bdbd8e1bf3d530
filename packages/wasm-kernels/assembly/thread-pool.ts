import { batchNormChunk, batchNormGradChunk, sumRowsChunk } from './batch-norm'
import { columnsChunk } from './columns'
import { adamChunk, leakyChunk } from './element-wise'
import { padChunk } from './pack'
import { reflectionGradChunk } from './reflection'
import { rowsChunk } from './rows'
import { squaredSumChunk } from './squared-sum'

// A job is a kernel and a number of chunks, none of which touches what another chunk writes: so the result is the same
// whichever thread computes which chunk. The control block, in shared memory, by byte offset:
//   0  ticket: job (24 bits), chunks in all (20), chunks taken (20). One number, so that a thread that takes a chunk by
//      compare-and-exchange gets a chunk of the very job that the thread read.
//   8  chunks done, 12 kernel, 16 threads asleep, 20 stop, 24 a thread failed, 28 workers that have started,
//      64 the kernel's arguments
const taken: u64 = 0xfffff
const spins: i32 = 20000

function runChunk(kernel: i32, args: usize, chunk: i32, thread: i32): void {
  if (kernel == 0) rowsChunk(args, chunk, thread)
  else if (kernel == 1) columnsChunk(args, chunk, thread)
  else if (kernel == 2) padChunk(args, chunk)
  else if (kernel == 3) adamChunk(args, chunk)
  else if (kernel == 4) leakyChunk(args, chunk)
  else if (kernel == 5) sumRowsChunk(args, chunk)
  else if (kernel == 6) batchNormChunk(args, chunk)
  else if (kernel == 7) batchNormGradChunk(args, chunk)
  else if (kernel == 8) squaredSumChunk(args, chunk)
  else reflectionGradChunk(args, chunk)
}

/** Takes a chunk and computes it. @returns whether a chunk was left */
function takeChunk(controlBlock: usize, thread: i32): bool {
  const ticket = atomic.load<u64>(controlBlock)
  const chunk = ticket & taken
  if (chunk >= ((ticket >> 20) & taken)) return false
  if (atomic.cmpxchg<u64>(controlBlock, ticket, ticket + 1) == ticket) {
    runChunk(load<i32>(controlBlock, 12), controlBlock + 64, <i32>chunk, thread)
    atomic.add<i32>(controlBlock, 1, 8)
  }
  return true
}

/**
 * Computes every chunk of a kernel, together with the workers, and returns when all chunks are done. The control block
 * holds the arguments.
 * @param workers threads that may take part; with none, no shared state is touched
 */
export function run(controlBlock: usize, kernel: i32, chunks: i32, workers: i32): void {
  if (!SHARED || workers == 0 || chunks == 1) {
    for (let chunk = 0; chunk < chunks; chunk++) runChunk(kernel, controlBlock + 64, chunk, 0)
    return
  }
  store<i32>(controlBlock, kernel, 12)
  atomic.store<i32>(controlBlock, 0, 8)
  const job = (atomic.load<u64>(controlBlock) >> 40) + 1
  atomic.store<u64>(controlBlock, (job << 40) | (<u64>chunks << 20))
  if (atomic.load<i32>(controlBlock, 16) > 0) atomic.notify(controlBlock + 4, workers)
  while (takeChunk(controlBlock, 0)) {}
  // Waits by polling: the last chunks are short, and a page's main thread must not sleep.
  while (atomic.load<i32>(controlBlock, 8) < chunks) {
    if (atomic.load<i32>(controlBlock, 24) != 0) unreachable()
  }
}

/** The loop of a worker until the pool is stopped: computes chunks, polls for the next job for a while, sleeps. */
export function runWorker(controlBlock: usize, thread: i32): void {
  atomic.add<i32>(controlBlock, 1, 28)
  while (atomic.load<i32>(controlBlock, 20) == 0) {
    const job = atomic.load<i32>(controlBlock, 4)
    if (takeChunk(controlBlock, thread)) continue
    let waited = 0
    while (waited < spins && atomic.load<i32>(controlBlock, 4) == job) waited++
    if (waited < spins) continue
    atomic.add<i32>(controlBlock, 1, 16)
    if (atomic.load<i32>(controlBlock, 20) == 0) atomic.wait<i32>(controlBlock + 4, job, -1)
    atomic.sub<i32>(controlBlock, 1, 16)
  }
}

/** Ends the workers. */
export function stopWorkers(controlBlock: usize): void {
  atomic.store<i32>(controlBlock, 1, 20)
  const ticket = atomic.load<u64>(controlBlock)
  atomic.store<u64>(controlBlock, ((ticket >> 40) + 1) << 40)
  atomic.notify(controlBlock + 4, -1)
}
