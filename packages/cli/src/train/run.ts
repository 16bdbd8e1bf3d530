import { hashWeights } from '@gankit/trainer'
import { writeReport } from '../runs/html-report.ts'
import { drawing, formatJson } from '../terminal/filter.ts'
import { type Interrupt, listenForSignals } from '../terminal/interrupt.ts'
import { previewSamples } from '../terminal/pictures.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { createCallbacks } from './callbacks.ts'
import type { TrainFlags } from './flags.ts'
import { prepareRun } from './prepare.ts'
import { createResult, formatResult, type TrainOutcome } from './report.ts'
import { hasDrawnInputs } from './shown-samples.ts'

/** The exit code of a run that was given up because its losses or gradients were not finite. */
const failedCode = 3

/** Trains until the end or a signal, and prints how it went. @throws GankitError for bad input */
export async function trainAndReport(
  app: string | undefined,
  flags: TrainFlags,
  terminal: Terminal,
): Promise<void> {
  const { out, progress } = terminal
  const interrupt = listenForSignals(() => progress.write('\nStopping after this step …\n'))
  try {
    const outcome = await train(app, flags, terminal, interrupt)
    if (flags.json) out.write(formatJson(createResult(outcome)))
    else {
      const { samples } = outcome
      if (samples) out.write(drawing(`\n${previewSamples(samples, out).replace(/\n$/, '')}\n`))
      out.write(formatResult(outcome))
    }
    terminal.exitCode = interrupt.exitCode() ?? (outcome.end.reason === 'failed' ? failedCode : 0)
  } catch (error) {
    if (error !== interrupt.signal.reason) throw error
    progress.write('Stopped before training began; packed files are kept.\n')
    terminal.exitCode = interrupt.exitCode() ?? 1
  } finally {
    interrupt.release()
  }
}

/**
 * Trains, and leaves a run directory with configuration, events, samples, checkpoints, the generator and a report.
 * @throws GankitError for bad input, or a file that can't be written
 */
async function train(
  app: string | undefined,
  flags: TrainFlags,
  { progress: stream }: Terminal,
  interrupt: Interrupt,
): Promise<TrainOutcome> {
  const prepared = await prepareRun(app, flags, stream, interrupt.signal)
  const { config, trainer, batches, directory, choice, shown } = prepared
  stream.write(`Run      ${directory.path}\n`)
  return releaseAfter(prepared.release, async () => {
    const { callbacks, lastSamples, close } = await createCallbacks(prepared, flags, stream)
    const { steps, guard } = config.training
    const end = await releaseAfter(close, () =>
      trainer.fit(batches, { steps, signal: interrupt.signal, callbacks, ...(guard && { guard }) }),
    )
    await writeReport(directory.path)
    return {
      config,
      choice,
      scalars: trainer.game.scalars,
      end,
      weightsSha256: await hashWeights(trainer.game.networks),
      samples: lastSamples(),
      // Inputs that a stream gives can't be drawn by a seed, and of several generators one has to be chosen.
      canSample: Object.keys(trainer.game.generators).length === 1 && hasDrawnInputs(shown.generator),
      run: directory.path,
    }
  })
}

/** Does work and gives back what it had; of two errors the first is told, as the second may only follow from it. */
async function releaseAfter<Result>(
  release: () => Promise<void>,
  work: () => Promise<Result>,
): Promise<Result> {
  let result: Result
  try {
    result = await work()
  } catch (error) {
    await release().catch(() => undefined)
    throw error
  }
  await release()
  return result
}
