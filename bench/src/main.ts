import { isGankitError } from '@gankit/core'
import { Command, Option } from 'commander'
import { compare } from './compare.ts'
import { type DataOptions, dataParts, timeData } from './data.ts'
import { type FewLabelsOptions, fewLabels } from './few-labels/few-labels.ts'
import { type ImageLayersOptions, timeImageLayers } from './image-layers.ts'
import { kernels } from './kernels.ts'
import { type MemoryOptions, watchMemory } from './memory.ts'
import { type MetricsOptions, timeMetrics } from './metrics.ts'
import { models } from './models.ts'
import { compareNoisyFaces, type NoisyFacesOptions } from './noisy-faces/noisy-faces.ts'
import { compareObjectives } from './objectives.ts'
import { drawReadmePictures } from './readme-pictures/draw.ts'
import { compareRecipes, type RecipesOptions } from './recipes/compare-recipes.ts'
import { comparisons } from './recipes/comparisons.ts'
import { type StepOptions, timeSteps } from './step.ts'
import { type CostOptions, timeTrainer } from './trainer-cost.ts'
import { compareTranslations, type TranslationsOptions } from './translations/compare-translations.ts'
import { comparisons as translations } from './translations/comparisons.ts'
import { timeWatching, type WatchCostOptions } from './watch-cost.ts'

const whole = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`expected a whole number from 1, got ${text}`)
  return value
}
const wholes = (text: string): number[] => text.split(',').map(whole)
const withBackend = (command: Command): Command =>
  command
    .option('--backend <name>', 'auto, tensorflow, wasm or cpu', 'auto')
    .option('--threads <n>', 'threads of wasm and of native TensorFlow', whole)

const withStepOptions = (command: Command): Command =>
  withBackend(command)
    .addOption(new Option('--model <name>').choices(Object.keys(models)).default('vanilla'))
    .option('--batch <n>', 'samples in a batch', whole, 64)
    .option('--base <n>', 'filters of the first convolution of a DCGAN', whole)
    .addOption(new Option('--precision <name>').choices(['float32', 'mixed']).default('float32'))

const timed = (command: Command): Command =>
  withStepOptions(command).option('--steps <n>', 'steps to take the median of', whole, 20)

const program = new Command('bench').description('the scripts behind the figures in the docs')
timed(program.command('step', { isDefault: true }).description('time whole training steps'))
  .option('--json', 'one JSON object')
  .action(async (options: StepOptions & { json?: boolean }) => {
    const timing = await timeSteps(options)
    if (options.json) console.log(JSON.stringify(timing))
    else console.table(timing)
  })
timed(program.command('compare').description('the same beside PyTorch')).action(compare)
withStepOptions(program.command('memory').description('watch the memory of a long run'))
  .option('--warm-up <n>', 'steps before', whole, 200)
  .option('--steps <n>', 'steps to watch', whole, 2000)
  .action((options: MemoryOptions) => watchMemory(options))
withStepOptions(
  program.command('trainer').description('what the trainer and its callbacks cost beside bare steps'),
)
  .option('--steps <n>', 'steps of one block', whole, 50)
  .option('--blocks <n>', 'blocks of each kind', whole, 20)
  .action((options: CostOptions) => timeTrainer(options))
program
  .command('watch')
  .description('what pages that watch a run cost it')
  .option('--steps <n>', 'steps of one run', whole, 1500)
  .option('--rounds <n>', 'runs of each kind', whole, 4)
  .option('--pages <n>', 'pages that watch', whole, 12)
  .option('--threads <n>', 'threads of wasm', whole, 1)
  .action((options: WatchCostOptions) => timeWatching(options))
program
  .command('kernels')
  .description("time the wasm backend's training kernels beside the stock ones")
  .action(kernels)
withBackend(
  program
    .command('image-layers')
    .description('time instance norm and reflection padding, by kernels and composed'),
).action((options: ImageLayersOptions) => timeImageLayers(options))
program
  .command('objectives')
  .description('what D thinks of the fakes that each objective leads to')
  .option('--steps <n>', 'steps of each', whole, 600)
  .action(compareObjectives)
program
  .command('data')
  .description('how fast data come, from a warm cache and beside PyTorch')
  .option('--count <n>', 'JPEGs of the first epoch', whole, 10_000)
  .addOption(new Option('--part <name>', 'one of them alone').choices(dataParts))
  .action((options: DataOptions) => timeData(options))
program
  .command('metrics')
  .description('how long metrics take, beside SciPy')
  .option('--backend <name>', 'auto, tensorflow, wasm or cpu', 'wasm')
  .option('--threads <n>', 'threads of wasm and of native TensorFlow', whole)
  .action((options: MetricsOptions) => timeMetrics(options))
withBackend(program.command('recipes').description('how good recipes are that differ in one thing'))
  .addOption(new Option('--of <name>').choices(Object.keys(comparisons)).default('ablations'))
  .option('--steps <n>', 'steps of each', whole, 2000)
  .option('--seeds <n>', 'seeds of each', whole, 3)
  .option('--from <n>', 'the first seed', Number, 0)
  .option('--only <text>', 'recipes whose name holds it', '')
  .option('--every <n>', 'steps from one row to the next', whole)
  .option('--out <folder>', 'where a picture of each goes')
  .action((options: RecipesOptions) => compareRecipes(options))
withBackend(
  program
    .command('translations')
    .description('how good recipes of pictures into pictures are that differ in one thing'),
)
  .addOption(new Option('--of <name>').choices(Object.keys(translations)).default('losses'))
  .option('--steps <n>', 'steps of each', whole, 1500)
  .option('--seeds <n>', 'seeds of each', whole, 5)
  .option('--from <n>', 'the first seed', Number, 1)
  .option('--only <text>', 'recipes whose name holds it', '')
  .option('--pairs <n>', 'pairs to measure', whole, 200)
  .option('--out <folder>', 'where a picture of each goes')
  .action((options: TranslationsOptions) => compareTranslations(options))
withBackend(program.command('few-labels').description('whether a GAN helps a classifier that has few labels'))
  .option('--steps <n>', 'steps of each GAN', whole, 3000)
  .option('--seeds <n>', 'choices of 100 labelled digits', whole, 5)
  .option('--out <folder>', 'where pictures of the fakes go')
  .action((options: FewLabelsOptions) => fewLabels(options))
withBackend(
  program
    .command('noisy-faces')
    .description('whether an adversary or unlabelled faces help a segmenter that has few labelled ones'),
)
  .option('--labeled <counts>', 'labelled faces, at most 1000', wholes, [50, 100, 200])
  .option('--steps <n>', 'steps of each', whole, 1200)
  .option('--seeds <n>', 'choices of labelled faces', whole, 5)
  .option('--from <n>', 'the first seed', Number, 0)
  .option('--size <pixels>', 'of the faces', whole, 32)
  .option('--noise <std>', 'of the faces', Number, 0.4)
  .option('--color-cast <std>', 'of the faces', Number, 0.3)
  .option('--out <folder>', 'where pictures of the first seed go')
  .action((options: NoisyFacesOptions) => compareNoisyFaces(options))
program
  .command('readme-pictures')
  .description('draw the pictures at the head of the READMEs')
  .option('--out <folder>', 'where they go (default: docs/images)')
  .action(drawReadmePictures)
try {
  await program.parseAsync()
} catch (error) {
  if (!isGankitError(error)) throw error
  console.error(error.message)
  process.exitCode = 2
}
