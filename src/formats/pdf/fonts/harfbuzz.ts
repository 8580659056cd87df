/** A glyph that HarfBuzz has chosen and placed, in units of the font. */
export type ShapedGlyph = {
  readonly id: number
  /** Where the text of the glyph, or of several together, begins. */
  readonly cluster: number
  readonly advance: number
  readonly x: number
  readonly y: number
}

export type HarfBuzz = ReturnType<typeof harfBuzz>

const PAGE_BYTES = 65_536
const GLYPH_WORDS = 5
const LEFT_TO_RIGHT = 4
const RIGHT_TO_LEFT = 5
const READ_ONLY = 1
const FIRST_UNITS = 256

/**
 * HarfBuzz, by the module of `harfbuzzjs`. Its own loader fetches the module by URL, which a Worker
 * cannot do.
 */
export function harfBuzz(module: WebAssembly.Module) {
  const { call, memory } = instantiate(module)
  call('__wasm_call_ctors')
  const buffer = call('hb_buffer_create')
  let room = FIRST_UNITS
  let text = call('malloc', 2 * room)

  return {
    /** Keeps a font for good. @returns its handle */
    addFont(bytes: Uint8Array): number {
      const address = call('malloc', bytes.length)
      new Uint8Array(memory.buffer, address, bytes.length).set(bytes)
      const blob = call('hb_blob_create', address, bytes.length, READ_ONLY, 0, 0)
      return call('hb_font_create', call('hb_face_create', blob, 0))
    },

    /** The glyphs of a text of one script and direction, from left to right. */
    shape(font: number, string: string, isRightToLeft: boolean): readonly ShapedGlyph[] {
      if (string.length > room) {
        call('free', text)
        room = 2 * string.length
        text = call('malloc', 2 * room)
      }
      const units = new Uint16Array(memory.buffer, text, string.length)
      for (let index = 0; index < string.length; index += 1) units[index] = string.charCodeAt(index)
      call('hb_buffer_clear_contents', buffer)
      call('hb_buffer_add_utf16', buffer, text, string.length, 0, string.length)
      call('hb_buffer_guess_segment_properties', buffer)
      call('hb_buffer_set_direction', buffer, isRightToLeft ? RIGHT_TO_LEFT : LEFT_TO_RIGHT)
      call('hb_shape', font, buffer, 0, 0)
      const length = call('hb_buffer_get_length', buffer)
      const infos = call('hb_buffer_get_glyph_infos', buffer, 0) / 4
      const positions = call('hb_buffer_get_glyph_positions', buffer, 0) / 4
      // The memory may have grown: earlier views of it are detached.
      const words = new Int32Array(memory.buffer)
      return Array.from({ length }, (_, index) => {
        const info = infos + GLYPH_WORDS * index
        const position = positions + GLYPH_WORDS * index
        return {
          id: words[info] ?? 0,
          cluster: words[info + 2] ?? 0,
          advance: words[position] ?? 0,
          x: words[position + 2] ?? 0,
          y: words[position + 3] ?? 0,
        }
      })
    },
  }
}

type WasmFunction = (...parameters: readonly number[]) => number

function instantiate(module: WebAssembly.Module) {
  const instance = new WebAssembly.Instance(module, {
    env: {
      _abort_js: () => {
        throw new Error('HarfBuzz has aborted.')
      },
      _emscripten_runtime_keepalive_clear: () => undefined,
      _setitimer_js: () => 0,
      emscripten_resize_heap: (wanted: number) => (grow(wanted >>> 0) ? 1 : 0),
    },
    wasi_snapshot_preview1: { proc_exit: () => undefined },
  })
  const { memory } = instance.exports
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('HarfBuzz has no memory.')

  function grow(wanted: number): boolean {
    if (!(memory instanceof WebAssembly.Memory)) return false
    try {
      memory.grow(Math.ceil((wanted - memory.buffer.byteLength) / PAGE_BYTES))
      return true
    } catch {
      return false
    }
  }

  const functions = new Map(
    Object.entries(instance.exports).flatMap(([name, value]) =>
      isFunction(value) ? [[name, value] as const] : [],
    ),
  )
  return {
    memory,
    call: (name: string, ...parameters: readonly number[]): number => {
      const called = functions.get(name)
      if (!called) throw new Error(`HarfBuzz has no function '${name}'.`)
      return called(...parameters)
    },
  }
}

const isFunction = (value: unknown): value is WasmFunction => typeof value === 'function'
