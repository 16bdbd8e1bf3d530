import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'
import { findWorkload } from './models.ts'
import { type StepOptions, steps } from './step.ts'

export interface MemoryOptions extends Omit<StepOptions, 'steps'> {
  /** Steps that are not counted: the first ones fill caches and heaps. */
  readonly warmUp: number
  readonly steps: number
}

/** Watches the memory of a long run, and prints by how many MB it grows in 1,000 steps: the slope of a line through it. */
export async function watchMemory(options: MemoryOptions): Promise<void> {
  const { backend, threads } = await selectBackend({ ...options, workload: findWorkload(options.model) })
  console.log(`${options.model}, ${backend}, threads: ${threads}`)
  const seen: { step: number; megabytes: number }[] = []
  const every = Math.ceil(options.steps / 200)
  const print = Math.ceil(options.steps / 8 / every) * every
  for await (const step of steps(options, options.warmUp + options.steps)) {
    if (step <= options.warmUp || (step - options.warmUp) % every > 0) continue
    const megabytes = process.memoryUsage.rss() / 1e6
    seen.push({ step, megabytes })
    if ((step - options.warmUp) % print === 0)
      console.log(`step ${step}: ${megabytes.toFixed(1)} MB, ${tf.memory().numTensors} tensors`)
  }
  console.log(`slope: ${(1000 * slope(seen)).toFixed(2)} MB per 1,000 steps`)
  console.log(`peak: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`)
}

/** Least squares. */
function slope(seen: readonly { step: number; megabytes: number }[]): number {
  const mean = (of: (at: (typeof seen)[number]) => number) =>
    seen.reduce((sum, at) => sum + of(at), 0) / seen.length
  const [steps, megabytes] = [mean(at => at.step), mean(at => at.megabytes)]
  return mean(at => (at.step - steps) * (at.megabytes - megabytes)) / mean(at => (at.step - steps) ** 2)
}
