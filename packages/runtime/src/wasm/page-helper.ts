import { type Assistance, assistSource } from './assist.ts'

/** Whether this is a page or a worker of one, where threads are web workers. */
export const canStartPageHelpers = (): boolean =>
  typeof Worker === 'function' && typeof URL.createObjectURL === 'function' && typeof Blob === 'function'

/** Starts a web worker that helps the wasm backend's team. Where the page forbids it everything runs without. */
export function startPageHelper(assistance: Assistance): void {
  const source = `onmessage = ({ data }) => (${assistSource})(data)`
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  try {
    const worker = new Worker(address)
    worker.onerror = event => event.preventDefault()
    worker.postMessage(assistance)
  } catch {
    // A content security policy without blob: workers.
  } finally {
    // The worker has read it once its first message is there; a minute is plenty.
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
  }
}
