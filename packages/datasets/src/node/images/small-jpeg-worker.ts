import { parentPort, workerData } from 'node:worker_threads'
import { type SmallJpegModules, type SmallJpegRequest, SmallJpegs, type Target } from './small-jpeg.ts'

// This thread must not load @gankit/core, which loads tfjs: 90 MB and a second in every thread.
const port = parentPort!
const { modules, target } = workerData as { readonly modules: SmallJpegModules; readonly target: Target }
const jpegs = new SmallJpegs(modules, target)

port.on('message', (request: SmallJpegRequest) => {
  const reply = jpegs.answer(request)
  port.postMessage(reply, [reply.samples.buffer])
})
port.postMessage('ready')
