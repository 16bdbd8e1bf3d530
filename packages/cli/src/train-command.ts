import { Command, Option } from 'commander'
import { withDataFlags } from './data-flags.ts'
import { interruptible } from './interrupt.ts'
import { positiveNumber, wholeNumber } from './numbers.ts'
import type { Output } from './output.ts'
import type { TrainFlags } from './settings.ts'

/** `gankit train [app]`. */
export function trainCommand(output: Output): Command {
  const command = new Command('train')
    .description('train an app, and leave a run directory with samples and the generator')
    .argument('[app]', 'the app, such as mnist-digits')
    .option('--preset <name>', "one of the app's presets (mnist-digits: quick, full, algorithm-1)")
    .option('--data <spec>', "embedded, folder:PATH, …: 'gankit data kinds' lists them")
    .option('--steps <n>', 'the step to stop at', wholeNumber(1))
    .option('--batch <n>', 'samples in a batch', wholeNumber(2))
    .option('--latent <n>', 'numbers in a latent', wholeNumber(1, 65_536))
    .option('--discriminator-steps <k>', 'moves of D before each of G', wholeNumber(1, 1_000))
    .option('--objective <name>', 'non-saturating, minimax or signed-minimax')
    .option('--optimizer <name>', 'adam, momentum, rmsprop or sgd, for both networks')
    .option('--learning-rate <x>', 'learning rate of both networks', positiveNumber)
    .option('--seed <n>', 'the same seed, backend and threads give the same weights', wholeNumber(0))
    .option('--backend <name>', 'auto, tensorflow, webgpu, wasm or cpu')
    .option('--threads <n>', 'threads of the wasm backend', wholeNumber(1, 8))
    .addOption(
      new Option('--precision <name>', 'mixed: 16-bit products where the backend can').choices([
        'float32',
        'mixed',
      ]),
    )
    .option('--out <folder>', 'the run directory, new or empty (default: runs/<app>/<when>-<seed>)')
    .option('--resume <run>', 'go on with a run; --steps may raise where it ends')
    .option('--json', 'print the result as one JSON object, everything else to standard error')
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
        process.exitCode = interrupt.exitCode() ?? 0
      } catch (error) {
        if (error !== interrupt.signal.reason) throw error
        output.progress.write('Stopped before training began; what was made of the data is kept.\n')
        process.exitCode = interrupt.exitCode() ?? 1
      } finally {
        interrupt.release()
      }
    })
  return withDataFlags(command)
}
