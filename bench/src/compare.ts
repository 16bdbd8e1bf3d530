import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type StepOptions, timeSteps } from './step.ts'

/** Runs our steps and PyTorch's in turn, and prints both and their ratio. */
export async function compare(options: StepOptions): Promise<void> {
  const python = process.env['GANKIT_PEER_PYTHON']
  if (!python)
    throw new Error(
      'set GANKIT_PEER_PYTHON to a Python that can import torch (pip install torch==2.13.0 numpy)',
    )
  const ours = await timeSteps(options)
  const script = fileURLToPath(new URL('../peers/vanilla.py', import.meta.url))
  const words = [
    script,
    '--batch',
    `${options.batch}`,
    '--threads',
    `${ours.threads}`,
    '--steps',
    `${options.steps}`,
  ]
  const { stdout, stderr, status } = spawnSync(python, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${python} ${script} failed: ${stderr.trim().split('\n').at(-1)}`)
  const peer = JSON.parse(stdout) as { peer: string; msPerStep: number; imagesPerSecond: number }
  console.table({
    [`gankit, ${ours.backend}, ${ours.threads} threads`]: rowOf(ours),
    [peer.peer]: rowOf(peer),
  })
  console.log(`ratio of images/s: ${(ours.imagesPerSecond / peer.imagesPerSecond).toFixed(2)}`)
}

function rowOf({ msPerStep, imagesPerSecond }: { msPerStep: number; imagesPerSecond: number }): object {
  return { 'ms/step': msPerStep.toFixed(1), 'images/s': Math.round(imagesPerSecond) }
}
