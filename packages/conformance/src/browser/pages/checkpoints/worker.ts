import { answer, type CheckpointTask } from './tasks.ts'

self.onmessage = async ({ data }: MessageEvent<CheckpointTask>) => self.postMessage(await answer(data))
