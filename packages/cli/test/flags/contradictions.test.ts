import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { normalPrior } from '@gankit/core'
import { tree } from '@gankit/testkit/scratch'
import { beforeAll, expect, test } from 'vitest'
import { gankit } from '../gankit.ts'
import { useProject } from '../project.ts'
import { saveTinyGenerator } from '../tiny-generator.ts'
import { expectPlain } from './plain-words.ts'

useProject('shared')
beforeAll(async () => {
  await saveTinyGenerator('model', normalPrior())
  await gankit('train', 'tiny-points', '--steps', '2', '--out', 'run', '--backend', 'cpu')
  mkdirSync('taken')
  writeFileSync('taken/notes.txt', 'mine')
})

const resume = 'train --resume run --steps 9'

/** Flags that are right alone, and wrong with one another, with the data, or with the run, model or app. */
const refused: readonly (readonly [command: string, line: string])[] = [
  [
    'train tiny-points --objective hinge --label-smoothing 0.1',
    "--label-smoothing is given with objective 'hinge', which takes no options: leave it out",
  ],
  [
    'train tiny-points --best-by kid',
    "--best-by is 'kid', and nothing is measured while it trains, expected --evaluate-every beside it",
  ],
  ['train tiny-points --accept-changes', '--accept-changes is given without --resume, expected both'],
  [
    'train tiny-points --augment',
    '--augment is given, and samples have the shape 2, expected images: leave it',
  ],
  [
    'train tiny-points --precision mixed --backend cpu',
    "--precision is 'mixed', and backend 'cpu' computes in",
  ],
  [
    'train tiny-points --conditional',
    '--conditional names no attributes and tiny-points has none of its own',
  ],
  [
    'train tiny-points --conditional class',
    "--conditional is 'class', expected one of: none, as the data have",
  ],
  [
    'train mnist-digits --conditional class,class',
    "--conditional names 'class' twice, expected each attribute once",
  ],
  [
    'train edges-to-faces --conditional class',
    '--conditional is given, and the game of edges-to-faces reads several',
  ],
  ['train edges-to-faces --latent 5', '--latent is given, and the game of edges-to-faces has no use for it'],
  [
    'train edges-to-faces --data faces=embedded',
    "--data is 'faces=embedded', which names the stream 'faces'",
  ],
  ['train edges-to-faces --data embedded', 'expected pairs: --data pairs:PATH, or data for each'],
  ['train edges-to-faces --size x=3', "the stream in --size is 'x', expected one of: input, target"],
  ['train edges-to-faces --labels folders', "--labels is given, and the data of input, target don't take it"],
  ['train tiny-pairs --evaluate-every 5', 'the stream input has no data, expected --data input=SPEC'],
  [
    'train tiny-points --size 64',
    "--size is given with 'ring:200', which takes only --data-seed: leave it out",
  ],
  ['train tiny-points --size photos=64', "--size names the stream 'photos', and there is only one"],
  ['train tiny-points --direction a-to-b', "--direction is 'a-to-b', and there is only one stream"],
  ['train tiny-points --data ring:1', '--data has 1 sample, expected at least 2: bring more'],
  [
    'train mnist-digits --data cartoon:100 --size 32x16',
    '--size is [32,16], expected a whole number from 8 to 512',
  ],
  ['train mnist-digits --data cartoon:100 --size 5', '--size is 5, expected a whole number from 8 to 512'],
  [
    'train mnist-digits --data cartoon:100 --size 30 --reduce 4',
    '--reduce is 4, expected a factor that divides',
  ],
  [
    'train tiny-points --out taken',
    "--out is 'taken': taken holds 'notes.txt' already, expected a new or empty",
  ],
  ['train tiny-points --out taken/notes.txt', "--out is 'taken/notes.txt': could not open taken/notes.txt"],
  ['train mnist-digits --resume run --steps 9', 'app is "tiny-points" in the run, "mnist-digits" here'],
  [`${resume} --out other`, "--out is 'other': a run that is resumed stays where it is"],
  [`${resume} --latent 9`, '--latent is 4 in the run, 9 here. That never changes in a run'],
  [`${resume} --batch 9`, '--batch is 16 in the run, 9 here. Leave it as it was, or add --accept-changes'],
  [`${resume} --seed 9`, '--seed is 0 in the run, 9 here'],
  [`${resume} --preset other`, '--preset is "quick" in the run, "other" here'],
  [`${resume} --data ring:300`, '--data is "ring:200" in the run, "ring:300" here'],
  [`${resume} --data-seed 3`, '--data-seed is not set in the run, 3 here'],
  [`${resume} --conditional hair`, '--conditional is not set in the run, ["hair"] here'],
  [`${resume} --optimizer sgd`, '--optimizer is "adam" in the run, "sgd" here'],
  [`${resume} --learning-rate-d 0.5`, '--learning-rate-d is 0.001 in the run, 0.5 here'],
  [`${resume} --backend cuda`, "--backend is 'cuda', expected one of"],
  [
    'sample model --out x.png --attributes hair=red',
    "--attributes is 'hair=red': the generator has no condition",
  ],
  [
    'sample model --out x.png --best',
    '--best is given, and model is no run, expected one that was trained with',
  ],
  ['sample run --out x.png --best', 'train with --evaluate-every, or leave --best out'],
  ['sample run --out x.png --generator g', "--generator is 'g', and run has one generator: leave it out"],
  ['sample model --each taken', "--each is 'taken', which holds 'notes.txt', expected a new or empty folder"],
  [
    'sample model --each taken/notes.txt',
    "--each is 'taken/notes.txt', which is a file, expected a new or empty",
  ],
  ['sample run --each new', '--each writes pictures, and a sample has the shape 2, expected'],
  ['sample model', 'got neither --out nor --each, expected one or both'],
  [
    'sample edges-to-faces --out x.png',
    "expected one that starts from random numbers, for samples: 'gankit trans",
  ],
  [
    'walk model --stops 100 --frames 200 --out x.gif',
    '--stops 100 times --frames 200 is 20000, expected at most',
  ],
  [
    'walk run --out x.gif',
    "expected pictures, height×width×channels with 1 or 3 channels, for a walk: 'gankit sample",
  ],
  ['walk edges-to-faces --out x.gif', 'expected one that starts from random numbers, for a walk'],
  ['arithmetic model --a 1 --b 2 --out x.png', 'got --b without --c, expected both'],
  ['arithmetic run --a 1 --out x.png', 'expected pictures, height×width×channels'],
  [
    'translate model taken --out y.png',
    'the generator starts from noise, expected one that turns pictures into',
  ],
  [
    'translate edges-to-faces no.png --out y.png',
    'no.png does not exist, expected a picture, or a folder or zip',
  ],
  ['translate edges-to-faces taken --out taken', "--out is 'taken', which holds 'notes.txt', expected"],
  [
    'translate model taken --out y.png --overlap 3 --by whole',
    '--overlap is given with --by whole, expected --by til',
  ],
  ['draw red', 'got no --out, expected a file: --out drawings.png'],
  ['draw red model --out x.png', 'the generator of model takes no captions, expected one that learned from'],
  ['draw red model --out x.gif', "--out is 'x.gif', an animation, expected --to with another caption beside"],
  ['draw red model --out x.png --frames 3', '--frames is 3, and there is one caption, expected --to with'],
  ['draw --words model', 'the generator of model takes no captions'],
  ['evaluate model', 'name them with --against, such as --against embedded'],
  [
    'evaluate nothing --against embedded',
    "'nothing' is no run, model or app, and no data, expected one of these",
  ],
  ['evaluate run --count 99999', '--count: ring:200 has 200 samples, expected 199998'],
  [
    'evaluate run --metrics condition-accuracy',
    '--metrics names condition-accuracy, and run has no attributes',
  ],
  ['evaluate run --extractor digits', "--extractor is 'digits', which takes 28×28×1, and the samples are 2"],
  ['evaluate run --extractor model', "--extractor is 'model': the model doesn't run"],
  [
    'evaluate run --neighbors x.png',
    'expected pictures, height×width×channels with 1 or 3 channels, for --neigh',
  ],
  ['export model --to onnx --out x.txt', "--out is 'x.txt', expected a file name that ends in .onnx"],
  [
    'export model --to tfjs --out taken',
    "--out is 'taken', which holds 'notes.txt', expected a new or empty folder",
  ],
  [
    'export model --to html --out x.html --examples taken',
    "--examples is 'taken', and the generator of model takes",
  ],
  [
    'export model --to html --out x.html --no-examples',
    '--no-examples is given, and the generator of model takes',
  ],
  ['export run --to html --out x.html', 'expected pictures, height×width×channels'],
  ['data inspect embedded --side a', "--side is given with 'embedded', which takes no options: leave it out"],
  [
    'data inspect cartoon:9 --channels 1',
    'takes only --size, --reduce, --style, --drawing, --noise, --color-cast, --captions, --d',
  ],
]

test.each(refused)('gankit %s', async (command, expected) => {
  const state = () =>
    tree('.').map(file => [file, /\.(json|jsonl|txt)$/.test(file) ? readFileSync(file, 'utf8') : ''])
  const before = state()
  const { code, out, err } = await gankit(...command.split(' '))
  const line = err.trimEnd().split('\n').at(-1)!
  expect(line).toContain(expected)
  expectPlain(line, line)
  expect(err).not.toMatch(/\n\s+at /)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(state()).toEqual(before)
})
