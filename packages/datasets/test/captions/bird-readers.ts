import { createReader, turn } from './read-caption.ts'

const plumageInEnglish = turn({
  red: 'red / bright red / vibrant red',
  orange: 'orange / yellowish orange / bright orange',
  yellow: 'yellow / bright yellow',
  green: 'green / bright green',
  blue: 'blue / bright blue',
  violet: 'violet / purple',
  brown: 'brown',
  black: 'black / jet black',
  white: 'white',
  gray: 'gray / grey',
})

export const birdsInEnglish: (caption: string) => Record<string, string> = createReader({
  space: ' ',
  colors: { p: { words: plumageInEnglish }, b: { trait: 'beak-color', words: plumageInEnglish } },
  phrases: `
    body *: <p> bird / bird is <p> / a <p> body / <p> plumage
    wing *: <p> wings / <p> wing feathers
    belly *: a <p> belly / a <p> underside
    crown *: a <p> crown / a <p> cap
    tail short: a (short|stubby) tail
    tail long: a long tail / long tail feathers
    tail forked: a forked tail / a tail with a fork
    eye-ring none: no eye ring
    eye-ring *: a <p> eye ring / a <p> ring around its eye
    beak pointed: a (pointed|sharp) <b> beak / a pointy <b> bill
    beak cone: a cone-shaped <b> beak / a conical <b> bill
    beak hooked: a hooked <b> beak / a curved <b> bill
    beak long: a long <b> beak / a long thin <b> bill
    beak-color *: a <p> beak / a <p> bill
    legs *: <p> legs / <p> feet
    background sky: against the (open )?sky
    background leaves: among leaves / in front of leaves
    background snow: in the snow / on snowy ground
    background dusk: at (dusk|sunset)
    background sand: on the sand / on sandy ground`,
  filler: 'a,an,this,the,bird,is,with,has,and'.split(','),
})

const plumageInChinese = turn({
  red: '红色 / 鲜红色',
  orange: '橙色 / 橙黄色',
  yellow: '黄色 / 鲜黄色',
  green: '绿色 / 翠绿色',
  blue: '蓝色',
  violet: '紫色',
  brown: '棕色 / 褐色',
  black: '黑色',
  white: '白色',
  gray: '灰色',
})

export const birdsInChinese: (caption: string) => Record<string, string> = createReader({
  space: '',
  colors: { p: { words: plumageInChinese }, b: { trait: 'beak-color', words: plumageInChinese } },
  phrases: `
    body *: <p>的?小?鸟 / 鸟是<p> / <p>的身体 / 身体是<p> / <p>小鸟
    wing *: <p>的?翅膀 / 翅膀是<p>
    belly *: <p>的?(肚子|腹部|肚皮) / (肚子|腹部)是<p>
    crown *: <p>的?头顶 / 头顶是<p>
    tail short: (短|短短的)尾巴 / 尾巴(短短的|很短)
    tail long: (长|长长的)尾巴 / 尾巴(长长的|很长)
    tail forked: 分叉的尾巴 / 尾巴(是分叉的|分叉)
    eye-ring none: 没有眼圈
    eye-ring *: <p>的?眼圈 / 眼圈是<p>
    beak pointed: 尖尖的<b>(喙|嘴)
    beak cone: 圆锥形的<b>喙
    beak hooked: 带钩的<b>喙 / 弯钩形的<b>嘴
    beak long: (长长|细长)的<b>(喙|嘴)
    beak-color *: <p>的(喙|嘴) / (喙|嘴)是<p>
    legs *: <p>的?(腿|脚|双腿) / (腿|脚)是<p>
    background sky: (背景|背后)是天空
    background leaves: 背景是树叶 / 在树叶间
    background snow: 背景是雪地 / 在雪地里
    background dusk: 背景是傍晚 / 在暮色中
    background sand: 背景是沙地 / 在沙地上`,
  filler: '这是,这只,一只,一条,一对,一双,一个,一张,充满活力,小鸟,鸟,长着,有,是,的,和'.split(','),
})
