import { batchNormChunk, batchNormGradChunk, sumRowsChunk } from './batch-norm'
import { columnsChunk } from './columns'
import { adamChunk, leakyChunk } from './element-wise'
import { padChunk } from './pack'
import { rowsChunk } from './rows'
import { squaredSumChunk } from './squared-sum'

// A job is a kernel and a number of chunks, none of which touches what another one writes: so the result is the same
// whoever computes which. The board, in shared memory:
//   0  ticket: job (24 bits), chunks in all (20), chunks taken (20). One number, so that who takes a chunk by
//      compare-and-exchange knows that the job it read is the job it got a chunk of.
//   8  chunks done, 12 kernel, 16 threads asleep, 20 end, 24 a thread failed, 28 helpers that
//      have started, 64 the kernel's arguments
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
  else squaredSumChunk(args, chunk)
}

/** Takes a chunk and computes it. @returns whether there was one */
function help(board: usize, thread: i32): bool {
  const ticket = atomic.load<u64>(board)
  const chunk = ticket & taken
  if (chunk >= ((ticket >> 20) & taken)) return false
  if (atomic.cmpxchg<u64>(board, ticket, ticket + 1) == ticket) {
    runChunk(load<i32>(board, 12), board + 64, <i32>chunk, thread)
    atomic.add<i32>(board, 1, 8)
  }
  return true
}

/**
 * Computes every chunk of a kernel whose arguments are on the board, with whoever helps, and returns when all is done.
 * @param helpers threads that may help; with none nothing shared is touched
 */
export function run(board: usize, kernel: i32, chunks: i32, helpers: i32): void {
  if (!SHARED || helpers == 0 || chunks == 1) {
    for (let chunk = 0; chunk < chunks; chunk++) runChunk(kernel, board + 64, chunk, 0)
    return
  }
  store<i32>(board, kernel, 12)
  atomic.store<i32>(board, 0, 8)
  const job = (atomic.load<u64>(board) >> 40) + 1
  atomic.store<u64>(board, (job << 40) | (<u64>chunks << 20))
  if (atomic.load<i32>(board, 16) > 0) atomic.notify(board + 4, helpers)
  while (help(board, 0)) {}
  // The last chunks are short, and a page's main thread may not sleep.
  while (atomic.load<i32>(board, 8) < chunks) {
    if (atomic.load<i32>(board, 24) != 0) unreachable()
  }
}

/** What a helping thread does until it is told to end: helps, looks out for a while, sleeps. */
export function assist(board: usize, thread: i32): void {
  atomic.add<i32>(board, 1, 28)
  while (atomic.load<i32>(board, 20) == 0) {
    const job = atomic.load<i32>(board, 4)
    if (help(board, thread)) continue
    let waited = 0
    while (waited < spins && atomic.load<i32>(board, 4) == job) waited++
    if (waited < spins) continue
    atomic.add<i32>(board, 1, 16)
    if (atomic.load<i32>(board, 20) == 0) atomic.wait<i32>(board + 4, job, -1)
    atomic.sub<i32>(board, 1, 16)
  }
}

/** Tells the helping threads to end. */
export function dismiss(board: usize): void {
  atomic.store<i32>(board, 1, 20)
  const ticket = atomic.load<u64>(board)
  atomic.store<u64>(board, ((ticket >> 40) + 1) << 40)
  atomic.notify(board + 4, -1)
}
