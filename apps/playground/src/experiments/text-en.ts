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
      'Among the numbers the share of dead units and the length of G’s gradient; and whether G’s density still moves.',
    answer:
      'A ReLU that is off passes no gradient: it can’t learn, and what lies behind it gets nothing. A unit that is off for every sample stays off: it is dead. In D that hurts twice, for G learns only through D’s gradient. Here most of D’s units die within 100 steps; D is then flat, and G’s gradient 0 for good. LeakyReLU lets a fifth of the gradient through, so no unit dies. (In a DCGAN on digits, with batch norm, ReLU was as good.)',
    variants: ['ReLU', 'LeakyReLU'],
  },
  range: {
    question: 'Which range are samples scaled to?',
    watch: 'Where the fakes can go (the dashed box is all that tanh reaches), and D’s loss.',
    answer:
      'The range of G’s last activation: [−1, 1] for tanh. G can make nothing outside; D then knows real samples by their range alone, and its loss stays far below 2·ln 2. With pixels as they are, 0 to 255, it goes to 0 within 200 steps, and G has nothing to learn from.',
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
      'A G that learns much faster than D puts all fakes where D is weakest just now; D learns that place, and G moves on to the next. R1, which keeps D smooth, does not make up for it here; a D that learns as fast as G or faster does, and the eight modes are covered.',
    variants: ['G ten times as fast', 'The same with R1', 'D twice as fast, R1'],
  },
  'strong-discriminator': {
    question: 'Can D be too strong?',
    watch: 'D’s loss, D(G(z)), and the length of G’s gradient with either loss.',
    answer:
      'Yes. D learns ten times a step, and is soon sure: its loss falls below 0.3, D(G(z)) below 0.1. The minimax loss is flat there (its slope is D(G(z)) itself: it saturates), so G hears little. The non-saturating loss is steepest there: G’s gradient is ten times as long, and throws the fakes about. A penalty on D cures the cause: D stays unsure, and its slope shows the way.',
    variants: ['Minimax', 'Non-saturating', 'Minimax with R1'],
  },
}
