import { answer, type Task } from './tasks.ts'

self.onmessage = async ({ data }: MessageEvent<Task>) => self.postMessage(await answer(data))
