import type { ExperimentId } from './experiments.ts'

/** A question in words: what to look at, what one sees, and what its settings are called. */
export interface ExperimentText {
  readonly question: string
  readonly watch: string
  readonly answer: string
  readonly variants: readonly string[]
}

export const experimentsInEnglish: Readonly<Record<ExperimentId, ExperimentText>> = {
  'best-loss': {
    question: 'At which loss are fakes best, and what does D say then?',
    watch:
      'The losses against their dashed lines, D(G(z)), and D’s curve as G’s density comes to lie on the data’s.',
    answer:
      'Not at G’s lowest loss. When fakes are spread as the data are, D can only guess: D(x) = D(G(z)) = ½ everywhere. Then D’s loss is −ln ½ − ln ½ = 2·ln 2 ≈ 1.386 and G’s −ln ½ = ln 2 ≈ 0.693. A lower loss of G means that D is poor, not that fakes are good.',
    variants: ['Two normals'],
  },
  'best-discriminator': {
    question: 'What is the best D for a given G?',
    watch: 'G is frozen and D learns alone: its solid curve comes to lie on the dashed p / (p + q).',
    answer:
      'Where the data have density p and fakes q, D’s loss is lowest at D(x) = p(x) / (p(x) + q(x)): near 1 where there are only real samples, near 0 where there are only fakes, ½ where both are as frequent. It is what G then learns from.',
    variants: ['D alone'],
  },
  'leaky-relu': {
    question: 'Why LeakyReLU and not ReLU?',
    watch:
      'The share of dead units among the numbers, how few folds D’s colors have, and the arrows at the fakes.',
    answer:
      'A ReLU that is off passes no gradient: it can’t learn, and what lies behind it gets nothing. A unit that is off for every sample stays off: it is dead. In D that hurts twice, for G learns only through D’s gradient. LeakyReLU lets a fifth of it through, so no unit dies.',
    variants: ['ReLU', 'LeakyReLU'],
  },
  range: {
    question: 'Which range are samples scaled to?',
    watch: 'Where the fakes can go (the dashed box is all that tanh reaches), and D’s loss.',
    answer:
      'The range of G’s last activation: [−1, 1] for tanh. G can make nothing outside; D then knows real samples by their range alone, its loss goes to 0, and G has nothing to learn from. With pixels as they are, 0 to 255, it fails from the first step.',
    variants: ['[0, 255]', '[−2, 2]', '[−1, 1]'],
  },
  'signed-loss': {
    question: 'What does the course’s signed loss do?',
    watch: 'Which way the fakes go once D rejects them.',
    answer:
      'It turns the sign of G’s gradient where D rejects a fake: D̄ = 0 makes 2·D̄ − 1 = −1. So rejected fakes are pushed to be rejected more: away from the data, to one spot at the edge, where they stay. The minimax loss has no such sign; the non-saturating one pushes hardest where D is surest.',
    variants: ['Signed', 'Minimax', 'Non-saturating'],
  },
  'mode-collapse': {
    question: 'What is mode collapse, and what mends it?',
    watch: 'How many modes have fakes (a ring marks one without), and how the fakes jump from mode to mode.',
    answer:
      'A G that learns much faster than D puts all fakes where D is weakest just now; D learns that place, and G moves on to the next. What helps: G and D learning at the same pace, and a penalty such as R1, which keeps D smooth so that it points to the modes that are missing.',
    variants: ['G ten times as fast', 'The same with R1', 'The same pace, R1'],
  },
  'strong-discriminator': {
    question: 'Can D be too strong?',
    watch: 'D(G(z)), the length of G’s gradient, and whether G’s density moves at all.',
    answer:
      'Yes, for the minimax loss: where D is sure, log(1 − D(G(z))) is flat, and G’s gradient vanishes. It saturates. The non-saturating loss has its steepest slope right there, and goes on. A penalty keeps D from being that sure.',
    variants: ['Minimax', 'Non-saturating', 'Minimax with R1'],
  },
}
