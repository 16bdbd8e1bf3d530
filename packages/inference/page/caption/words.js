import { createWords } from '../language.js'

const english = {
  lang: 'en',
  about: 'Say in words what to draw, in English or Chinese. All of it is in this page and needs no network.',
  caption: 'What is to be drawn',
  another: 'Another drawing',
  examples: 'Captions to start from',
  made: 'The drawing of these words',
  drawings: 'Drawings of other noise',
  drawing: 'Drawing {n}',
  seed: 'Seed',
  savePicture: 'Save drawing',
  saveAll: 'Save all',
  opening: 'Opening the generator …',
  drawn: '{count} drawings in {ms} ms',
  unknown: 'The generator has never seen {words}, and draws the rest.',
  allUnknown: 'The generator knows none of these words ({words}). Its words are listed below.',
  cut: 'It reads the first {length} words, and leaves out the last {cut}.',
  empty: 'Write what is to be drawn, or take one of these.',
  separator: ', ',
  vocabulary: 'The {size} words that it knows',
  again: 'The same words and seed draw the same, here and with {command}.',
  error: 'This browser could not run the generator: {reason}',
}

/** @type {typeof english} */
const chinese = {
  lang: 'zh-CN',
  about: '用文字说出要画什么，中文英文都行。整个模型都在这个网页里，不需要网络。',
  caption: '要画什么',
  another: '换一张',
  examples: '可以从这些文字开始',
  made: '按这些文字画的图像',
  drawings: '换了噪声的图像',
  drawing: '图像 {n}',
  seed: '种子',
  savePicture: '保存图像',
  saveAll: '全部保存',
  opening: '正在打开生成器……',
  drawn: '{count} 张图像，用时 {ms} 毫秒',
  unknown: '生成器没见过“{words}”，只画其余的。',
  allUnknown: '这些词（{words}）生成器一个也不认识。下面列出了它认识的词。',
  cut: '它只读前 {length} 个词，最后 {cut} 个没有用上。',
  empty: '写下要画什么，或选下面的一句。',
  separator: '、',
  vocabulary: '它认识的 {size} 个词',
  again: '文字和种子相同，图像就相同；用 {command} 画出的也一样。',
  error: '此浏览器无法运行生成器：{reason}',
}

export const { translateWord, translatePage } = createWords(english, chinese)
