const english = {
  lang: 'en',
  about: 'A generator makes a picture of random numbers. This page holds all of it and needs no network.',
  newSamples: 'New samples',
  seed: 'Seed',
  again: 'The same seed draws the same samples, here and with {command}.',
  drawing: '{done} of {count} samples',
  drawn: '{count} samples in {ms} ms',
  saveGrid: 'Save all',
  savePicture: 'Save picture',
  forAll: 'Attributes of all samples',
  any: 'as drawn',
  sample: 'Sample {n}',
  samples: 'Samples',
  between: 'From one sample to another',
  choose: 'Choose an end, then a sample to stand there.',
  from: 'From',
  to: 'To',
  blend: 'How far from one to the other',
  picture: 'The picture of these latent numbers',
  attributes: 'Its attributes',
  numbers: 'Its first latent numbers',
  turn: 'Turn one and see what it does; there are {size}.',
  number: 'Latent number {n}',
  error: 'This browser could not run the generator: {reason}',
}

/** @type {typeof english} */
const chinese = {
  lang: 'zh-CN',
  about: '生成器把随机数变成图像。整个模型都在这个网页里，不需要网络。',
  newSamples: '换一批',
  seed: '种子',
  again: '种子相同，样本就相同；用 {command} 画出的也一样。',
  drawing: '已画 {done} / {count} 个样本',
  drawn: '{count} 个样本，用时 {ms} 毫秒',
  saveGrid: '全部保存',
  savePicture: '保存图像',
  forAll: '所有样本的属性',
  any: '随机',
  sample: '样本 {n}',
  samples: '样本',
  between: '从一个样本到另一个',
  choose: '先选一端，再选放在那里的样本。',
  from: '起点',
  to: '终点',
  blend: '从起点到终点走了多远',
  picture: '这些潜变量对应的图像',
  attributes: '它的属性',
  numbers: '最前面的几个潜变量',
  turn: '拨动一个，看看有什么变化；一共有 {size} 个。',
  number: '潜变量 {n}',
  error: '此浏览器无法运行生成器：{reason}',
}

const words = navigator.language.startsWith('zh') ? chinese : english

/**
 * @param {keyof typeof english} name @param {Record<string, string | number>} [values] for the places in braces
 */
export const translateWord = (name, values = {}) =>
  words[name].replace(/\{(\w+)\}/g, (whole, place) => String(values[place] ?? whole))

/** Puts the reader's language wherever the markup names words, as text or as a label. */
export const translatePage = () => {
  document.documentElement.lang = words.lang
  for (const kind of /** @type {const} */ (['text', 'label']))
    for (const at of document.querySelectorAll(`[data-${kind}]`)) {
      if (!(at instanceof HTMLElement)) continue
      const name = /** @type {keyof typeof english} */ (at.dataset[kind])
      if (kind === 'text') at.textContent = translateWord(name, { size: at.dataset['size'] ?? '' })
      else at.setAttribute('aria-label', translateWord(name))
    }
}
