/** A part of a protobuf message on the wire: fields one after the other. */
export type Fields = Uint8Array<ArrayBuffer>

// How a value lies behind its field's number: protobuf.dev/programming-guides/encoding.
const [varint, fixed64, delimited, fixed32] = [0, 1, 2, 5]
const nothing = new Uint8Array()

/** Parts in a row, as one. */
export function joined(...parts: readonly Uint8Array[]): Fields {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}

/** A whole number from 0 to 2⁵³ − 1; 0 is left out, as proto3 has it. */
export function whole(field: number, value: number): Fields {
  return value === 0 ? nothing : joined(key(field, varint), varintOf(value))
}

/** Whole numbers from 0, one field for each; none are left out, 0 neither. */
export function wholes(field: number, values: readonly number[]): Fields {
  return joined(...values.flatMap(value => [key(field, varint), varintOf(value)]))
}

/** A double; 0 is left out, −0 is not. */
export function double(field: number, value: number): Fields {
  return Object.is(value, 0) ? nothing : joined(key(field, fixed64), doublesOf([value]))
}

/** A float of a `oneof`, where 0 is written too: that it is there says which it is. */
export function chosenFloat(field: number, value: number): Fields {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setFloat32(0, value, true)
  return joined(key(field, fixed32), bytes)
}

/** Packed doubles; none are left out. */
export function doubles(field: number, values: readonly number[]): Fields {
  return values.length === 0 ? nothing : message(field, doublesOf(values))
}

/** Bytes, or a message within this one, which is written even if it is empty. */
export function message(field: number, ...parts: readonly Uint8Array[]): Fields {
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  return joined(key(field, delimited), varintOf(size), ...parts)
}

/** Text as UTF-8. */
export function text(field: number, value: string): Fields {
  return message(field, new TextEncoder().encode(value))
}

function key(field: number, kind: number): Fields {
  return varintOf(field * 8 + kind)
}

/** Seven bits a byte, the lowest first. By division: bit operations end at 32 bits. */
function varintOf(value: number): Fields {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return Uint8Array.from([...bytes, rest])
}

function doublesOf(values: readonly number[]): Fields {
  const bytes = new Uint8Array(8 * values.length)
  const view = new DataView(bytes.buffer)
  values.forEach((value, i) => {
    view.setFloat64(8 * i, value, true)
  })
  return bytes
}
