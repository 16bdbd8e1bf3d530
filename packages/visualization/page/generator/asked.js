import { askedSize } from './condition.js'
import { data, element } from './data.js'

/**
 * A list of values for each attribute that the generator can be asked for.
 * @param {(numbers: Float32Array) => void} onAsk gets the numbers that ask for what the reader has chosen
 */
export const createAsked = onAsk => {
  const { conditions = [], size } = data.latent
  const place = conditions.length > 0 ? element('asked', HTMLDivElement) : undefined
  const lists = conditions.map(({ name, values }) => {
    const list = document.createElement('select')
    for (const value of values) list.append(new Option(value))
    list.addEventListener('change', ask)
    const label = document.createElement('label')
    const text = document.createElement('span')
    text.textContent = name
    label.append(text, list)
    place?.append(label)
    return list
  })
  function ask() {
    const numbers = lists.flatMap(list =>
      Array.from(list.options, (_, i) => Number(i === list.selectedIndex)),
    )
    onAsk(Float32Array.from(numbers))
  }
  return {
    /** Says what a latent asks for, on the way between two of them mostly. @param {Float32Array} latent */
    show: latent => {
      let at = size - askedSize(data.latent)
      for (const list of lists) {
        const numbers = latent.subarray(at, at + list.options.length)
        list.selectedIndex = numbers.indexOf(Math.max(...numbers))
        at += list.options.length
      }
    },
  }
}
