import { answer, type GeneratorTask } from './tasks.ts'

self.onmessage = async ({ data }: MessageEvent<GeneratorTask>) => self.postMessage(await answer(data))
