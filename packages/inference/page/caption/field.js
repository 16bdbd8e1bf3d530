import { element } from '../element.js'
import { data } from './data.js'
import { encodeWords } from './split.js'
import { translateWord } from './words.js'

/** Milliseconds without a key after which a caption is read: half a word is none. */
const pause = 250
/** Unknown words that are named. */
const maxNamed = 8

const isChinese = /\p{Script=Han}/u

/**
 * The field for a caption, with examples below it, and what the generator doesn't know of what stands in it.
 * @param {() => void} onChange when there is another caption to draw
 */
export const createField = onChange => {
  const field = element('caption', HTMLInputElement)
  const notice = element('notice', HTMLParagraphElement)
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  /** @returns the token numbers of the caption; undefined where it has no known word */
  const read = () => {
    const { tokens, unknown, cut } = encodeWords(data.words, data.length, field.value)
    const isKnown = tokens.some(token => token > 1)
    const named = unknown.slice(0, maxNamed).join(translateWord('separator'))
    const words = unknown.length > maxNamed ? `${named} …` : named
    const lines = [
      ...(unknown.length > 0 ? [translateWord(isKnown ? 'unknown' : 'allUnknown', { words })] : []),
      ...(isKnown || unknown.length > 0 ? [] : [translateWord('empty')]),
      ...(isKnown && cut > 0 ? [translateWord('cut', { length: data.length, cut })] : []),
    ]
    const text = lines.join(' ')
    // A screen reader says again what is set again.
    if (notice.textContent !== text) notice.textContent = text
    field.setAttribute('aria-invalid', String(!isKnown))
    return isKnown ? Float32Array.from(tokens) : undefined
  }
  const change = () => {
    clearTimeout(timer)
    onChange()
  }
  field.addEventListener('input', event => {
    // Pinyin that is being typed is not the caption yet.
    if (event instanceof InputEvent && event.isComposing) return
    clearTimeout(timer)
    timer = setTimeout(change, pause)
  })
  field.addEventListener('compositionend', change)
  field.addEventListener('change', change)
  field.addEventListener('keydown', ({ key, isComposing }) => {
    if (key === 'Enter' && !isComposing) change()
  })
  const mine = document.documentElement.lang === 'zh-CN'
  /** Those in the reader's language first. @param {string} text */
  const order = text => Number(isChinese.test(text) !== mine)
  const examples = [...data.examples].sort((a, b) => order(a) - order(b))
  const place = element('examples', HTMLDivElement)
  for (const example of examples) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = example
    button.lang = isChinese.test(example) ? 'zh-CN' : 'en'
    button.addEventListener('click', () => {
      field.value = example
      change()
    })
    place.append(button)
  }
  field.value = examples[0] ?? ''
  return { read, text: () => field.value.trim() }
}
