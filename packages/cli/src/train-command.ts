import { Command } from 'commander'
import { withDataFlags } from './data-flags.ts'
import { type TrainFlags, withRunFlags, withTrainingFlags } from './flags.ts'
import { interruptible } from './interrupt.ts'
import type { Output } from './output.ts'

/** The exit code of a run that was given up because its figures were not finite. */
const failed = 3

/** `gankit train [app]`. */
export function trainCommand(output: Output): Command {
  const command = new Command('train')
    .description('train an app, and leave a run directory with samples, checkpoints and the generator')
    .argument('[app]', 'the app, such as mnist-digits')
    .action(async (app: string | undefined, flags: TrainFlags) => {
      // Loaded when it is asked for: data bring decoders and drawings, which no other command needs.
      const [{ train }, { reportOf, resultOf }] = await Promise.all([
        import('./train.ts'),
        import('./train-report.ts'),
      ])
      const interrupt = interruptible(() => output.progress.write('\nStopping after this step …\n'))
      try {
        const outcome = await train(app, flags, output, interrupt)
        output.out.write(
          flags.json ? `${JSON.stringify(resultOf(outcome))}\n` : reportOf(outcome, output.out),
        )
        process.exitCode = interrupt.exitCode() ?? (outcome.end.reason === 'failed' ? failed : 0)
      } catch (error) {
        if (error !== interrupt.signal.reason) throw error
        output.progress.write('Stopped before training began; what was made of the data is kept.\n')
        process.exitCode = interrupt.exitCode() ?? 1
      } finally {
        interrupt.release()
      }
    })
  return withRunFlags(withDataFlags(withTrainingFlags(command)))
}
