import type { ExperimentId } from './experiments.ts'
import type { ExperimentText } from './text-en.ts'

export const experimentsInChinese: Readonly<Record<ExperimentId, ExperimentText>> = {
  'best-loss': {
    question: '损失为多少时生成样本最好？这时 D 怎么说？',
    watch: '看损失与虚线的距离、D(G(z))，以及 G 的密度逐渐与数据重合时 D 的曲线。',
    answer:
      '并不是 G 的损失最低时。生成样本的分布与数据一致时，D 只能猜：处处 D(x) = D(G(z)) = ½。这时 D 的损失为 −ln ½ − ln ½ = 2·ln 2 ≈ 1.386，G 的损失为 −ln ½ = ln 2 ≈ 0.693。G 的损失更低只说明 D 差，并不说明生成样本好。',
    variants: ['两个正态分布'],
  },
  'best-discriminator': {
    question: 'G 给定时，最优的 D 是什么？',
    watch: 'G 冻结，只有 D 学习：它的实线逐渐与虚线 p / (p + q) 重合。',
    answer:
      '设数据的密度为 p、生成样本的密度为 q，D 的损失在 D(x) = p(x) / (p(x) + q(x)) 时最低：只有真实样本处接近 1，只有生成样本处接近 0，两者一样多处为 ½。G 正是由此学习。',
    variants: ['只训练 D'],
  },
  'leaky-relu': {
    question: '为什么用 LeakyReLU 而不用 ReLU？',
    watch: '看数值里失活单元的比例和 G 的梯度长度，以及 G 的密度还动不动。',
    answer:
      '关闭的 ReLU 不传梯度：它自己学不到，它后面的也得不到。对所有样本都关闭的单元会一直关闭，就是失活。在 D 里害处加倍，因为 G 只能通过 D 的梯度学习。这里 D 的大部分单元在 100 步之内就失活了：D 变平，G 的梯度从此为 0。LeakyReLU 让五分之一的梯度通过，所以没有单元失活。（在带批归一化的手写数字 DCGAN 上，ReLU 同样好。）',
    variants: ['ReLU', 'LeakyReLU'],
  },
  range: {
    question: '样本缩放到什么范围？',
    watch: '看生成样本能到哪里（虚线框是 tanh 所能达到的全部），以及 D 的损失。',
    answer:
      'G 最后一层激活函数的值域：tanh 为 [−1, 1]。G 生成不了框外的东西；D 只凭范围就能认出真实样本，损失远低于 2·ln 2。若直接用 0 到 255 的像素值，200 步之内损失就趋于 0，G 无从学起。',
    variants: ['[0, 255]', '[−2, 2]', '[−1, 1]'],
  },
  'signed-loss': {
    question: '课程里带符号的损失会怎样？',
    watch: '看 D 拒绝生成样本之后，它们往哪边走。',
    answer:
      'D 拒绝时它把 G 的梯度反号：D̄ = 0 时 2·D̄ − 1 = −1。于是被拒绝的样本被推向更加被拒绝的地方：远离数据，聚到边缘一点，再也不动。极小极大损失没有这个符号；非饱和损失在 D 最有把握处推得最用力。',
    variants: ['带符号', '极小极大', '非饱和'],
  },
  'mode-collapse': {
    question: '什么是模式坍塌？怎样补救？',
    watch: '看有多少模式有生成样本（圆圈标出没有的），以及它们怎样在模式之间跳来跳去。',
    answer:
      'G 学得比 D 快得多时，会把全部样本放到此刻 D 最弱的地方；D 学会之后，G 又换下一处。使 D 平滑的 R1 在这里不足以补救；让 D 学得不比 G 慢，八个模式就都覆盖了。',
    variants: ['G 快十倍', '同样，加 R1', 'D 快一倍，加 R1'],
  },
  'strong-discriminator': {
    question: 'D 会太强吗？',
    watch: '看 D 的损失、D(G(z))，以及两种损失下 G 的梯度长度。',
    answer:
      '会。D 每步学十次，很快就有把握：它的损失降到 0.3 以下，D(G(z)) 降到 0.1 以下。极小极大损失在那里是平的（斜率就是 D(G(z))，即饱和），G 几乎学不到什么。非饱和损失在那里最陡：G 的梯度有十倍长，把生成样本甩来甩去。对 D 的惩罚项治本：D 不那么有把握，它的坡度才指得出路。',
    variants: ['极小极大', '非饱和', '极小极大加 R1'],
  },
}
