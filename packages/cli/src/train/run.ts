import { findAppAt, findNamedRun, isAppPath } from '@gankit/experiment/node'
import { hasDrawnInputs } from '@gankit/inference'
import { type Game, hashWeights } from '@gankit/trainer'
import { formatTranslate } from '../runs/describe.ts'
import { writeReport } from '../runs/html-report.ts'
import { drawing, formatJson } from '../terminal/filter.ts'
import { type Interrupt, listenForSignals } from '../terminal/interrupt.ts'
import { previewSamples } from '../terminal/pictures.ts'
import { formatCommand, shortenPath, shortenPaths, type Terminal } from '../terminal/terminal.ts'
import { type Beside, startBeside } from '../watch/beside.ts'
import { createCallbacks } from './callbacks.ts'
import { isFinished, reportFinished } from './finished.ts'
import type { TrainFlags } from './flags.ts'
import { prepareRun } from './prepare.ts'
import { openPreviousRun, type PreviousRun } from './previous-run.ts'
import { createResult, formatResult, type TrainOutcome } from './report.ts'
import type { ShownSamples } from './shown-samples.ts'

/** The exit code of a run that was given up because its losses or gradients were not finite. */
const failedCode = 3

/** What the first signal is answered with. */
const stopping =
  '\nStopping after this step, with a checkpoint; once more (Ctrl-C or SIGTERM) ends at once, with what the last checkpoint holds\n'

/** Trains until the end or a signal, and prints how it went. @throws GankitError for bad input */
export async function trainAndReport(
  app: string | undefined,
  typed: TrainFlags,
  terminal: Terminal,
): Promise<void> {
  const flags = await nameRun(typed)
  const { out, progress } = terminal
  const interrupt = listenForSignals(terminal, stopping)
  try {
    const previous = await openPrevious(app, flags, progress)
    if (previous && (await isFinished(flags.resume!, previous))) {
      await releaseAfter(previous.release, () =>
        reportFinished(app, flags.resume!, previous, flags, terminal),
      )
      return
    }
    const outcome = await train(app, previous, flags, terminal, interrupt)
    if (flags.json) out.write(formatJson(createResult(outcome)))
    else {
      const { samples } = outcome
      out.write(drawing(`\n${samples ? previewSamples(samples, out) : ''}`))
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

/** The flags, with the path of the run that is resumed in place of its name. */
async function nameRun(flags: TrainFlags): Promise<TrainFlags> {
  if (flags.resume === undefined) return flags
  return { ...flags, resume: (await findNamedRun(flags.resume)) ?? flags.resume }
}

/** Opens the run that is resumed, where one is. @throws GankitError as `openPreviousRun` does */
async function openPrevious(
  app: string | undefined,
  flags: TrainFlags,
  stream: NodeJS.WriteStream,
): Promise<PreviousRun | undefined> {
  if (flags.resume === undefined) return undefined
  const name = app !== undefined && isAppPath(app) ? findAppAt(app).name : app
  return openPreviousRun(flags.resume, name, flags, line => void stream.write(`${line}\n`))
}

/**
 * Trains, and leaves a run directory with configuration, events, samples, checkpoints, the generator and a report.
 * @throws GankitError for bad input, or a file that can't be written
 */
async function train(
  app: string | undefined,
  previous: PreviousRun | undefined,
  flags: TrainFlags,
  terminal: Terminal,
  { signal }: Interrupt,
): Promise<TrainOutcome> {
  const { progress: stream } = terminal
  const report = (line: string) => void stream.write(`${shortenPaths(line)}\n`)
  const prepared = await prepareRun(app, previous, flags, { stream, signal, streams: [], report })
  const { config, trainer, batches, directory, choice, shown } = prepared
  stream.write(`Run      ${shortenPath(directory.path)}\n`)
  return releaseAfter(prepared.release, async () => {
    const beside = flags.watch ? startBeside(directory.path) : undefined
    const endWatch = async () => (await beside)?.end()
    const { end, lastSamples } = await releaseAfter(endWatch, async () => {
      const { callbacks, lastSamples, close } = await createCallbacks(prepared, flags, terminal)
      const { steps, guard } = config.training
      const end = await releaseAfter(close, async () => {
        if (beside) stream.write(describeWatch(await beside))
        return trainer.fit(batches, { steps, signal, callbacks, ...(guard && { guard }) })
      })
      return { end, lastSamples }
    })
    await writeReport(directory.path)
    return {
      config,
      choice,
      scalars: trainer.game.scalars,
      end,
      weightsSha256: await hashWeights(trainer.game.networks),
      samples: lastSamples(),
      next: formatNext(directory.path, trainer.game, shown),
      run: directory.path,
    }
  })
}

function describeWatch({ url }: Beside): string {
  return url === undefined
    ? "Warning  the page could not be served, and the run goes on without: 'gankit watch' says why\n"
    : `Watch    ${url}\n`
}

/** The command that makes more of what was trained. */
function formatNext(
  path: string,
  { generators }: Game,
  { name, generator }: ShownSamples,
): string | undefined {
  const run = shortenPath(path)
  const which = Object.keys(generators).length === 1 ? [] : ['--generator', name]
  if (hasDrawnInputs(generator))
    return formatCommand('sample', run, '--count', '100', '--out', 'samples.png', ...which)
  return generator.condition?.kind === 'image' ? formatTranslate(run, ...which) : undefined
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
