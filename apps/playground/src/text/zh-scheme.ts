import type { Text } from './en.ts'

/** 博弈示意图的文字，中文。 */
export const scheme: Text['scheme'] = {
  label: '博弈：噪声 z 进入 G，得到生成样本；D 判断生成样本和真实样本。',
  still: '两者都静止。指向任一部分，即可读到说明。',
  bothLearn: 'D 和 G 轮流学习。',
  discriminatorMoves: 'D 在学习，G 冻结。',
  generatorMoves: 'G 通过 D 学习，D 冻结。',
  together: 'D 和 G 同时学习。',
  nodes: {
    noise: '噪声 z',
    generator: 'G',
    fakes: '生成样本',
    gradients: 'G 的梯度',
    reals: '真实样本',
    discriminator: 'D',
    losses: '损失',
    predictions: 'D 的判断',
  },
  explanations: {
    noise: () => '随机数 z，每批都重新抽取。各个生成样本之间的差别都从这里来。',
    generator: weights =>
      `生成器，${weights} 个权重：它弯曲 z 的空间（画出了 z 的网格），直到生成样本落在数据所在之处。`,
    fakes: () => 'G(z)：每个 z 得到一个生成样本。它们不是从数据复制来的：G 从未见过数据。',
    gradients: () => 'G 的损失想把每个生成样本移向何处，这是经由 D 得到的。G 的权重随之改变。',
    reals: () => '数据的样本，只有 D 能看到。',
    discriminator: weights => `判别器，${weights} 个权重：各处的样本有多可能是真实的；蓝为真，橙为假。`,
    losses: () => 'D 的判断错了多少，以及生成样本被 D 识破了多少。刻度是生成样本与数据一样好时的值。',
    predictions: () =>
      '有多少真实样本（向上）和生成样本（向下）得到怎样的判断：0 为假，1 为真。D 想把两者分开。',
  },
  stages: {
    discriminator: {
      samples: 'G 由噪声得到生成样本，并抽取同样多的真实样本。',
      predictions: 'D 对两者作出判断。',
      loss: 'D 的损失：它的判断离真实样本的 1、生成样本的 0 有多远。',
      gradients: '这个损失对 D 的权重的梯度，沿 D 反向传回。',
      update: 'D 的权重沿梯度的反方向改变，G 不变。',
    },
    generator: {
      samples: 'G 由噪声得到生成样本。',
      predictions: 'D 只判断这些生成样本。',
      loss: 'G 的损失：D 离把它们当成真实样本还有多远。',
      gradients: '梯度经由 D 传回生成样本，再传过 G。',
      update: 'G 的权重沿梯度的反方向改变，D 不变。',
    },
  },
  stage: (player, number, words) => `${player}，第 ${number} 环节，共 5 个。${words}`,
}
