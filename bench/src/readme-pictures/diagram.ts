/** What the figure says, by the ending of its file's name. */
export const words = {
  '': {
    title:
      'G turns noise into fakes; D gets fakes and real samples and says which is which; both learn from its answers',
    noise: 'noise z',
    generator: ['generator', 'G'],
    fake: 'fake G(z)',
    real: 'real x',
    discriminator: ['discriminator', 'D'],
    answer: ['real', 'or fake?'],
    generatorLearns: 'G learns to be taken for real',
    discriminatorLearns: 'D learns to tell them apart',
  },
  '.zh-CN': {
    title: '生成器 G 把噪声变成假样本；判别器 D 看到假样本和真样本，判断真假；两者都从它的判断中学习',
    noise: '噪声 z',
    generator: ['生成器', 'G'],
    fake: '假样本 G(z)',
    real: '真样本 x',
    discriminator: ['判别器', 'D'],
    answer: ['是真', '是假？'],
    generatorLearns: 'G 学习以假乱真',
    discriminatorLearns: 'D 学习辨别真假',
  },
} as const

export type Words = (typeof words)[keyof typeof words]

/** Addresses of the three pictures. */
export interface Pictures {
  readonly noise: string
  readonly fake: string
  readonly real: string
}

// Colors that read on white and on near-black alike, as pages of both kinds show the same file.
const [gray, blue, orange] = ['#727b85', '#3a78de', '#c0571f']

/** The game of G and D as SVG. */
export function diagram(labels: Words, pictures: Pictures): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 288" role="img" font-family="system-ui, 'Segoe UI', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif" font-size="16" text-anchor="middle">
<title>${labels.title}</title>
<defs>${arrowHead('gray', gray)}${arrowHead('blue', blue)}${arrowHead('orange', orange)}
<clipPath id="round" clipPathUnits="objectBoundingBox"><rect width="1" height="1" rx="0.12"/></clipPath></defs>
${tile(20, 60, pictures.noise, labels.noise)}
${arrow('M102 98H148')}
${box(158, 62, 140, blue, labels.generator)}
${arrow('M304 98H342')}
${tile(352, 60, pictures.fake, labels.fake)}
${tile(352, 176, pictures.real, labels.real)}
${arrow('M434 104L522 134')}
${arrow('M434 206L522 180')}
${box(532, 120, 150, orange, labels.discriminator)}
${arrow('M688 156H726')}
${lines(784, 150, labels.answer, gray)}
${feedback('M784 128V24H228V52', 'blue', blue)}
${lines(500, 17, [labels.generatorLearns], blue)}
${feedback('M784 186V248H607V202', 'orange', orange)}
${lines(696, 270, [labels.discriminatorLearns], orange)}
</svg>
`
}

function tile(x: number, y: number, address: string, label: string): string {
  return `<image x="${x}" y="${y}" width="76" height="76" href="${address}" clip-path="url(#round)" style="image-rendering:pixelated"/>
${lines(x + 38, y + 94, [label], gray)}`
}

function box(x: number, y: number, width: number, color: string, [name, letter]: readonly string[]): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="72" rx="12" fill="${color}"/>
${lines(x + width / 2, y + 31, [name!, letter!], '#fff')}`
}

function lines(x: number, y: number, texts: readonly string[], color: string): string {
  return texts
    .map((text, i) => `<text x="${x}" y="${y + 22 * i}" fill="${color}" font-weight="600">${text}</text>`)
    .join('\n')
}

function arrow(path: string): string {
  return `<path d="${path}" fill="none" stroke="${gray}" stroke-width="2" marker-end="url(#gray)"/>`
}

function feedback(path: string, head: string, color: string): string {
  return `<path d="${path}" fill="none" stroke="${color}" stroke-width="2" stroke-dasharray="5 5" stroke-linejoin="round" marker-end="url(#${head})"/>`
}

function arrowHead(id: string, color: string): string {
  return `<marker id="${id}" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="5" markerHeight="5" orient="auto"><path d="M0 0L8 4L0 8Z" fill="${color}"/></marker>`
}
