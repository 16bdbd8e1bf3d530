import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import {
  changeSettings,
  checkTrainingSettings,
  type RunConfig,
  resumeConfig,
  type TrainingSettings,
} from '../../src/index.ts'
import { type TrainingFlag, trainingFlags, trainingSettings } from '../../src/settings.ts'

const adam = { name: 'adam', learningRate: 1e-3 } as const
const training: TrainingSettings = {
  steps: 10,
  batch: 4,
  latentSize: 2,
  discriminatorSteps: 1,
  objective: 'minimax',
  optimizers: { generator: adam, discriminator: adam },
  // What a flag can turn off.
  warmUpDiscriminator: 3,
  clipNorm: { generator: 7 },
  instanceNoise: 0.1,
  augmentBelow: 300,
  sampleEvery: 5,
}
const config: RunConfig = {
  version: 3,
  app: 'points',
  preset: 'quick',
  data: 'ring',
  dataOptions: {},
  seed: 4,
  model: {},
  training,
  dataset: { size: 100, sampleShape: [2] },
  backend: { name: 'cpu', threads: 1, precision: 'float32' },
  versions: { gankit: '0', tfjs: '4', node: '20' },
}

/** What a person types behind each flag, true or false for a switch, and what the setting is then. */
const examples: Readonly<Record<string, readonly [typed: string | boolean, setting: unknown]>> = {
  '--steps <n>': ['20', 20],
  '--batch <n>': ['8', 8],
  '--latent <n>': ['7', 7],
  '--discriminator-steps <k>': ['5', 5],
  '--warm-up-discriminator <n>': ['9', 9],
  '--no-warm-up-discriminator': [false, undefined],
  '--simultaneous': [true, true],
  '--no-simultaneous': [false, false],
  '--objective <name>': ['hinge', 'hinge'],
  '--label-smoothing <s>': ['0.1', { name: 'minimax', labelSmoothing: 0.1 }],
  '--r1 <gamma>': ['2', { name: 'minimax', penalties: [{ name: 'r1', gamma: 2 }] }],
  '--optimizer <name>': ['sgd', { generator: { name: 'sgd' }, discriminator: { name: 'sgd' } }],
  '--learning-rate <x>': [
    '0.5',
    { generator: { ...adam, learningRate: 0.5 }, discriminator: { ...adam, learningRate: 0.5 } },
  ],
  '--learning-rate-g <x>': ['0.5', { generator: { ...adam, learningRate: 0.5 }, discriminator: adam }],
  '--learning-rate-d <x>': ['0.5', { generator: adam, discriminator: { ...adam, learningRate: 0.5 } }],
  '--clip-norm <x>': ['3', { generator: 3, discriminator: 3 }],
  '--no-clip-norm': [false, undefined],
  '--instance-noise <std>': ['0.2', 0.2],
  '--no-instance-noise': [false, undefined],
  '--augment': [true, {}],
  '--no-augment': [false, undefined],
  '--sample-every <n>': ['6', 6],
  '--checkpoint-every <n>': ['40', 40],
  '--keep <n>': ['3', 3],
  '--evaluate-every <n>': ['50', 50],
  '--no-evaluate-every': [false, undefined],
  '--best-by <metric>': ['coverage', 'coverage'],
  '--doctor': [true, true],
  '--no-doctor': [false, false],
  '--tensorboard': [true, true],
  '--no-tensorboard': [false, false],
  '--time-limit <minutes>': ['2.5', 2.5],
  '--no-time-limit': [false, undefined],
}

const typeFlag = ({ text, name, value }: TrainingFlag) => {
  const [typed] = examples[text]!
  const read = typeof typed === 'string' ? (value.parse?.(typed) ?? typed) : typed
  return { [name]: read }
}

test('every flag has an example here, and every setting a flag, but for two of presets alone', () => {
  expect(trainingFlags.map(({ text }) => text).sort()).toEqual(Object.keys(examples).sort())
  const withoutFlag = Object.entries(trainingSettings).filter(([, { flags }]) => flags.length === 0)
  expect(withoutFlag.map(([name]) => name)).toEqual(['averageDecay', 'guard'])
})

describe.each(trainingFlags.map(flag => [flag.text, flag] as const))('%s', (text, flag) => {
  const flags = typeFlag(flag)
  const { onResume, value, fixedParts } = trainingSettings[flag.setting] as {
    onResume: string
    value: { schema: v.GenericSchema }
    fixedParts?: RegExp
  }

  test('what is typed becomes the setting, which config.json holds and gives back', () => {
    const changed = changeSettings(training, flags)
    const [, expected] = examples[text]!
    expect(changed[flag.setting]).toEqual(expected)
    if (expected !== undefined) expect(v.is(value.schema, expected)).toBe(true)
    const others = (settings: TrainingSettings) => ({ ...settings, [flag.setting]: null })
    expect(others(changed)).toEqual(others(training))
    expect(checkTrainingSettings(JSON.parse(JSON.stringify(changed)), 'config.json')).toEqual(changed)
    expect(changeSettings(changed, flags), 'typed once more').toEqual(changed)
  })

  test(`a resumed run may change it as the table says: ${onResume}`, () => {
    const resume = (acceptChanges: boolean) => resumeConfig('run', config, config, { flags }, acceptChanges)
    const isFixed = onResume === 'fixed' || (fixedParts !== undefined && text === '--optimizer <name>')
    if (onResume === 'free') {
      expect(resume(false)).toMatchObject({ accepted: [], newEpoch: false })
      expect(resume(false).config.training).toEqual(changeSettings(training, flags))
      return
    }
    expect(() => resume(false)).toThrow(isFixed ? 'That never changes in a run' : 'add --accept-changes')
    if (isFixed) expect(() => resume(true)).toThrow('That never changes in a run')
    else {
      const names = trainingFlags
        .filter(({ setting }) => setting === flag.setting)
        .map(other => other.text.split(' ')[0]!.replace('--no-', '--'))
      expect(names.some(name => resume(true).accepted.join().startsWith(name))).toBe(true)
    }
  })
})
