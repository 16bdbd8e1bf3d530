import { attributes } from './data.js'

/**
 * A list of values for each attribute of the generator.
 * @param {HTMLElement} place @param {() => void} onChoose @param {string} [open] the text of a value that stands for any
 */
const createLists = (place, onChoose, open) =>
  attributes.map(({ name, values }) => {
    const list = document.createElement('select')
    if (open !== undefined) list.append(new Option(open, ''))
    for (const value of values) list.append(new Option(value))
    list.addEventListener('change', onChoose)
    const label = document.createElement('label')
    const text = document.createElement('span')
    text.textContent = name.replaceAll('-', ' ')
    label.append(text, list)
    place.append(label)
    return list
  })

/**
 * Lists for the attributes of one sample.
 * @param {HTMLElement} place
 * @param {(condition: Float32Array) => void} onChoose gets the one-hot numbers of the values that the reader has chosen
 */
export const createConditionLists = (place, onChoose) => {
  const lists = createLists(place, () => {
    const numbers = lists.flatMap(list =>
      Array.from(list.options, (_, i) => Number(i === list.selectedIndex)),
    )
    onChoose(Float32Array.from(numbers))
  })
  return {
    /** Shows the values of a condition; of a mixture of two, the larger share. @param {Float32Array} condition */
    show: condition => {
      let at = 0
      for (const list of lists) {
        const numbers = condition.subarray(at, at + list.options.length)
        list.selectedIndex = numbers.indexOf(Math.max(...numbers))
        at += list.options.length
      }
    },
  }
}

/**
 * Lists for the attributes of all samples, each of which may be left as drawn.
 * @param {HTMLElement} place @param {() => void} onChoose @param {string} open the text for an attribute that stays as drawn
 */
export const createConditionListsForAll = (place, onChoose, open) => {
  const lists = createLists(place, onChoose, open)
  return {
    /** Sets the values that the reader has chosen. @param {Float32Array} condition one-hot numbers, which are changed */
    set: condition => {
      let at = 0
      for (const [i, { values }] of attributes.entries()) {
        const chosen = (lists[i]?.selectedIndex ?? 0) - 1
        if (chosen >= 0) condition.fill(0, at, at + values.length)[at + chosen] = 1
        at += values.length
      }
    },
    /** The values that the reader has chosen, as `gankit sample --attributes` takes them. */
    text: () =>
      attributes
        .map(({ name }, i) => [name, lists[i]?.value ?? ''])
        .filter(([, value]) => value)
        .map(pair => pair.join('='))
        .join(','),
  }
}
