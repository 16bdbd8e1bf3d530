import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type StepOptions, timeSteps } from './step.ts'

interface PeerTiming {
  readonly peer: string
  readonly msPerStep: number
  readonly imagesPerSecond: number
}

/** Runs our steps and PyTorch's in turn, and prints both and their ratio. */
export async function compare(options: StepOptions): Promise<void> {
  const python = process.env['GANKIT_PEER_PYTHON']
  if (!python)
    throw new Error(
      'set GANKIT_PEER_PYTHON to a Python that can import torch (pip install torch==2.13.0 numpy)',
    )
  if (options.model === 'light' || options.model === 'algorithm1')
    throw new Error(`no PyTorch twin of ${options.model}: take vanilla, dcgan28 or dcgan64`)
  const ours = await timeSteps(options)
  const script = fileURLToPath(new URL('../peers/step.py', import.meta.url))
  const { model, batch, steps, precision, base } = options
  const words = Object.entries({
    model,
    batch,
    steps,
    precision,
    threads: ours.threads,
    ...(base && { base }),
  })
  const { stdout, stderr, status } = spawnSync(
    python,
    [script, ...words.flatMap(([name, value]) => [`--${name}`, `${value}`])],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`${python} ${script} failed: ${stderr.trim().split('\n').at(-1)}`)
  const peer = JSON.parse(stdout) as PeerTiming
  console.table({
    [`gankit, ${ours.backend}, ${ours.threads} threads, ${ours.precision}`]: rowOf(ours),
    [`${peer.peer}, ${precision}`]: rowOf(peer),
  })
  console.log(`${model}: ratio of images/s ${(ours.imagesPerSecond / peer.imagesPerSecond).toFixed(2)}`)
}

function rowOf({ msPerStep, imagesPerSecond }: { msPerStep: number; imagesPerSecond: number }): object {
  return { 'ms/step': msPerStep.toFixed(1), 'images/s': Math.round(imagesPerSecond) }
}
