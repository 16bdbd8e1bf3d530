import { startBackend } from './engine/backend.ts'
import { transferredOf } from './engine/pixels.ts'
import { Canceled, runTask } from './engine/session.ts'
import type { Message, Reply, TaskName } from './protocol.ts'

// Opens generators and draws with them. A task may be called off before and while it runs.
const canceled = new Set<number>()
const post = (reply: Reply, transfer: Transferable[] = []) => postMessage(reply, { transfer })

async function answer(id: number, task: TaskName, given: unknown): Promise<void> {
  // A task whose turn comes lets messages in first, so that one that was called off is not begun.
  await new Promise(resolve => setTimeout(resolve))
  try {
    if (canceled.has(id)) throw new Canceled()
    const result = await runTask(task, given, async (done, total) => {
      post({ id, done, total })
      await new Promise(resolve => setTimeout(resolve))
      if (canceled.has(id)) throw new Canceled()
    })
    post({ id, result }, transferredOf(result))
  } catch (error) {
    post({ id, failure: (error as Error).message.replace(/^\[[^\]]*\] /, '') })
  } finally {
    canceled.delete(id)
  }
}

// What computes starts while the first task still waits for files; that task says where it doesn't.
startBackend().catch(() => {})

/** Tasks that need no generator: one is opened while these wait for the renderer of faces, or for a file to be decoded. */
const withoutGenerator: ReadonlySet<TaskName> = new Set(['drawExample', 'listLabels', 'openPicture'])

// Of each kind one task after another.
const last: Record<'with' | 'without', Promise<void>> = {
  with: Promise.resolve(),
  without: Promise.resolve(),
}
self.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  if ('cancel' in data) canceled.add(data.cancel)
  else {
    const kind = withoutGenerator.has(data.task) ? 'without' : 'with'
    last[kind] = last[kind].then(() => answer(data.id, data.task, data.given))
  }
})
