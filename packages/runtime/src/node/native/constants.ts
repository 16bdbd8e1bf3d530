/** What constants use of tfjs-node's binding. */
interface Binding {
  createTensor(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number
  deleteTensor(id: number): void
}

/** Constants kept; more than one operation takes. */
const maxConstants = 256

/**
 * Small tensors that many operations take: shapes, axes, rates. They belong to the backend, which keeps the ones used
 * last.
 */
export class Constants {
  private readonly binding: Binding
  private readonly ids = new Map<string, number>()

  constructor(binding: Binding) {
    this.binding = binding
  }

  id(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number {
    const key = `${dtype} ${shape} ${values}`
    const known = this.ids.get(key)
    const id = known ?? this.binding.createTensor(shape, dtype, values)
    // The map stays in order of use, the least recently used first.
    this.ids.delete(key)
    this.ids.set(key, id)
    if (this.ids.size > maxConstants) this.forgetFirst()
    return id
  }

  private forgetFirst(): void {
    const [[key, id]] = this.ids as unknown as [[string, number]]
    this.ids.delete(key)
    this.binding.deleteTensor(id)
  }
}

const made = new WeakMap<Binding, Constants>()

export function getConstants(binding: Binding): Constants {
  const known = made.get(binding) ?? new Constants(binding)
  made.set(binding, known)
  return known
}
