import { type DatasetTask, openDataset } from './tasks.ts'

self.onmessage = async ({ data }: MessageEvent<DatasetTask>) => self.postMessage(await openDataset(data))
