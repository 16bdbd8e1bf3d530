import { describe, expect, test } from 'vitest'
import { parseCaptionLines } from '../../src/captions/caption-lines.ts'
import { matchCaptions } from '../../src/captions/picture-captions.ts'

const parse = (text: string) => parseCaptionLines(text, 'captions.tsv')

describe('lines of captions', () => {
  test('are counted, with empty and doubled ones told', () => {
    const text = 'a.png\ta red bird\n\n b.png \t \nb.png\t?!\na.png\ta red bird\na.png\tred\nc.png\t鸟\t\t\n'
    expect(parse(text)).toEqual({
      captions: [
        { line: 1, picture: 'a.png', text: 'a red bird' },
        { line: 6, picture: 'a.png', text: 'red' },
        { line: 7, picture: 'c.png', text: '鸟' },
      ],
      empty: [3, 4],
      doubled: [5],
    })
    expect(parse('').captions).toEqual([])
  })

  test.each([
    [
      'a.png\tx\nb.png a bird\n',
      "line 2 of captions.tsv has no tab ('b.png a bird'), expected a picture's name, a tab and its caption",
    ],
    ['a.png,"a bird"\n', 'if it is a CSV, save it as text separated by tabs'],
    ['a.png;a bird', 'if it is a CSV'],
    ['a.png\ta\tb\n', 'line 1 of captions.tsv has 3 columns, expected two'],
    ['\ta bird\n', "line 1 of captions.tsv has no picture's name before the tab"],
    // A cell of two lines.
    ['a.png\t"a bird\nin the snow"\n', 'line 2 of captions.tsv has no tab'],
  ])('%j is refused in one line', (text, what) => {
    expect(() => parse(text)).toThrow(what)
    expect(() => parse(text)).toThrow(/^\[gankit\/datasets\] [^\n]*$/)
  })
})

describe('captions and names of pictures', () => {
  const match = (pictures: readonly string[], names: readonly string[], folders?: readonly string[]) =>
    matchCaptions(
      pictures.map((picture, i) => ({ line: i + 1, picture, text: `word${i}` })),
      names,
      folders,
    )
  const found = (...of: Parameters<typeof match>) => [...match(...of).byPicture.keys()]

  test('are matched by path, by a name that only one file has, and with the folder before them', () => {
    const names = ['a.png', 'x/b.png', 'x/c.png', 'y/c.png']
    expect(found(['a.png', './x/b.png', 'x\\c.png', '/y/c.png'], names)).toEqual(names)
    expect(found(['b.png', 'c.png'], names)).toEqual(['x/b.png'])
    expect(found(['z/a.png', 'A.png', 'a'], names)).toEqual([])
    expect(found(['birds/a.png', '/home/birds/x/b.png'], names, ['/home/birds', 'birds'])).toEqual([
      'a.png',
      'x/b.png',
    ])
    // é as one character, and as two.
    expect(found(['caf\u00e9.png'], ['cafe\u0301.png'])).toEqual(['cafe\u0301.png'])
  })

  test('those without a picture are told, and their words left out', () => {
    const { missing, condition } = match(['a.png', 'b.png'], ['b.png'])
    expect(missing).toEqual([{ line: 1, picture: 'a.png', text: 'word0' }])
    expect(condition).toMatchObject({ length: 32, vocabulary: 3, words: ['', '?', 'word1'] })
  })

  test('of a few all words are known, of many those that occur twice', () => {
    const name = 'a.png'
    const captions = (count: number) =>
      matchCaptions(
        Array.from({ length: count }, (_, i) => ({
          line: i + 1,
          picture: name,
          text: i === 0 ? 'rare bird' : `bird ${i % 100}`,
        })),
        [name],
      ).condition.words
    expect(captions(2000)).toContain('rare')
    expect(captions(2001)).not.toContain('rare')
    expect(captions(2001)).toContain('bird')
  })

  test('ten thousand words are cut, and counted', () => {
    const lines = [
      { line: 3, picture: 'a.png', text: 'red bird '.repeat(5000) },
      { line: 4, picture: 'a.png', text: '红'.repeat(32) },
    ]
    const { cut, condition } = matchCaptions(lines, ['a.png'])
    expect(cut.map(({ line }) => line)).toEqual([3])
    expect(condition.examples!.map(row => row.length)).toEqual([32, 32])
  })

  test('several of a picture are drawn by the batch, each at some time', () => {
    const { draw } = match(['a.png', 'a.png', 'b.png', 'a.png'], ['a.png', 'b.png'])
    const first = (epoch: number, batch: number) => draw(['a.png', 'b.png'], { epoch, batch })
    expect(first(3, 2)).toEqual(first(3, 2))
    const seen = Array.from({ length: 60 }, (_, i) => [...first(i % 6, i)])
    expect(new Set(seen.map(tokens => tokens[0]))).toEqual(new Set([2, 3, 5]))
    expect(new Set(seen.map(tokens => tokens[32]))).toEqual(new Set([4]))
  })
})
