/** What a thread needs to help a team: it runs `assistSource` on it, which returns when the team is dismissed. */
export interface Assistance {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  readonly board: number
  readonly thread: number
}

/** A function's source, for a thread that has nothing else. Should a kernel fail there, the board says so. */
export const assistSource = `({ module, memory, board, thread }) => {
  try {
    new WebAssembly.Instance(module, { env: { memory } }).exports.assist(board, thread)
  } catch (error) {
    Atomics.store(new Int32Array(memory.buffer), (board + 24) / 4, 1)
    throw error
  }
}`
