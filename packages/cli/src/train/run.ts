import { hashWeights } from '@gankit/trainer'
import { writeReport } from '../runs/html-report.ts'
import { type Interrupt, listenForSignals } from '../terminal/interrupt.ts'
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
    out.write(flags.json ? `${JSON.stringify(createResult(outcome))}\n` : formatResult(outcome, out))
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
  try {
    const { callbacks, lastSamples, close } = await createCallbacks(prepared, flags, stream)
    const { steps, guard } = config.training
    const end = await trainer
      .fit(batches, { steps, signal: interrupt.signal, callbacks, ...(guard && { guard }) })
      .finally(close)
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
  } finally {
    await prepared.release()
  }
}
