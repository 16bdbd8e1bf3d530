interface Engine {
  registryFactory: Readonly<Record<string, unknown>>
  setBackend(name: string): Promise<boolean>
}

// Test files share TensorFlow.js: each begins on the backend that it has in a fresh process, whatever the one before left behind.
const engine = (globalThis as { _tfengine?: Engine })._tfengine
if (engine && 'cpu' in engine.registryFactory) await engine.setBackend('cpu')
