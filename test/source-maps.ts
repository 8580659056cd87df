/**
 * Makes errors in workerd name the lines of our files. Vitest appends each module's source map to
 * the module in its cache, and takes it off when it reads the module; the pool for workerd reads
 * the cache itself, and leaves the map where it is.
 */

const SEPARATOR = '\n//# vitestSourceMap='

type Module = { readonly meta?: { readonly code?: string; sourceMap?: string } }

type Modules = {
  readonly getModuleById: (id: string) => Module | undefined
  getModuleSourceMapById: (id: string) => unknown
  readsMaps?: true
}

const modules = Reflect.get(globalThis, '__vitest_worker__')?.evaluatedModules
if (isModules(modules) && !modules.readsMaps) {
  const mapOf = modules.getModuleSourceMapById.bind(modules)
  modules.getModuleSourceMapById = (id) => {
    const { meta } = modules.getModuleById(id) ?? {}
    const [, map] = meta?.code?.split(SEPARATOR) ?? []
    if (meta && map) meta.sourceMap ??= map
    return mapOf(id)
  }
  modules.readsMaps = true
}

function isModules(value: unknown): value is Modules {
  return typeof value === 'object' && value !== null && 'getModuleSourceMapById' in value
}
