import type { InstallEvent } from '@gankit/runtime/node'
import { megabytes } from './backends-table.ts'

/** Tells how an install goes on: on a terminal in a line that changes, elsewhere in plain lines. */
export function installProgress(stream: NodeJS.WriteStream): {
  event(event: InstallEvent): void
  end(): void
} {
  let [phase, most] = ['', 0]
  const line = () => (most > 1e6 ? `${phase}  ${megabytes(most)}` : phase)
  const end = () => {
    if (phase === '') return
    if (stream.isTTY) stream.write('\n')
    else if (most > 1e6) stream.write(`  ${megabytes(most)}\n`)
    phase = ''
  }
  return {
    event(event) {
      if ('bytes' in event) {
        most = Math.max(most, event.bytes)
        if (stream.isTTY && phase !== '') stream.write(`\r\x1b[K${line()}`)
        return
      }
      end()
      most = 0
      if ('note' in event) stream.write(`  ${event.note}\n`)
      else {
        phase = `${event.phase} …`
        stream.write(stream.isTTY ? phase : `${phase}\n`)
      }
    },
    end,
  }
}
