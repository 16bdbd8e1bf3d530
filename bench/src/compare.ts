import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { GankitError } from '@gankit/core'
import type { StepOptions, StepTiming } from './step.ts'

interface PeerTiming {
  readonly peer: string
  readonly msPerStep: number
  readonly imagesPerSecond: number
}

/** Runs our steps and PyTorch's in turn, each in a process of its own, and prints both and their ratio. */
export async function compare(options: StepOptions): Promise<void> {
  const python = process.env['GANKIT_PEER_PYTHON']
  if (!python)
    throw new GankitError(
      'bench',
      'option',
      'set GANKIT_PEER_PYTHON to a Python that can import torch (pip install torch==2.13.0 numpy)',
    )
  if (options.model === 'light' || options.model === 'algorithm1')
    throw new GankitError(
      'bench',
      'option',
      `no PyTorch twin of ${options.model}: take vanilla, dcgan28 or dcgan64`,
    )
  const { model, batch, steps, precision, base, backend, threads } = options
  const same = { model, batch, steps, precision, ...(base && { base }) }
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const ours = run<StepTiming>([process.execPath, ...process.execArgv, main, 'step', '--json'], {
    ...same,
    backend,
    ...(threads && { threads }),
  })
  const script = fileURLToPath(new URL('../peers/step.py', import.meta.url))
  const peer = run<PeerTiming>([python, script], { ...same, threads: threads ?? availableParallelism() })
  console.table({
    [`gankit, ${ours.backend}, threads: ${ours.threads}, ${ours.precision}`]: rowOf(ours),
    [`${peer.peer}, ${precision}`]: rowOf(peer),
  })
  console.log(`${model}: ratio of images/s ${(ours.imagesPerSecond / peer.imagesPerSecond).toFixed(2)}`)
}

/** Runs a command with these options. @returns the JSON in the last line that it prints */
function run<Result>(command: readonly string[], options: Readonly<Record<string, unknown>>): Result {
  const [program, ...words] = [
    ...command,
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]),
  ]
  const { stdout, stderr, status } = spawnSync(program!, words, { encoding: 'utf8' })
  if (status !== 0)
    throw new GankitError(
      'bench',
      'backend',
      `${words.join(' ')} failed: ${stderr.trim().split('\n').at(-1)}`,
    )
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Result
}

function rowOf({ msPerStep, imagesPerSecond }: { msPerStep: number; imagesPerSecond: number }): object {
  return { 'ms/step': msPerStep.toFixed(1), 'images/s': Math.round(imagesPerSecond) }
}
