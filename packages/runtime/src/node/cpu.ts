import { createCpuCandidate } from '../cpu.ts'
import type { NodeBackend } from './node-backend.ts'
import { readPackageVersion } from './packages.ts'

export const cpuBackend: NodeBackend = {
  name: 'cpu',
  backend: 'cpu',
  createCandidate: createCpuCandidate,
  readVersion: () => readPackageVersion('@tensorflow/tfjs'),
}
