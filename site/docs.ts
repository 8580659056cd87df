/** The viewer, from its own script: a function in the global scope. */
declare const SwaggerUIBundle: (options: {
  readonly url: string
  readonly dom_id: string
  readonly deepLinking: boolean
  readonly docExpansion: 'list'
  readonly defaultModelExpandDepth: number
  readonly defaultModelsExpandDepth: number
  readonly validatorUrl: null
}) => void

const dark = matchMedia('(prefers-color-scheme: dark)')

/** The viewer has a dark form, but does not ask for the system's. */
function followScheme(): void {
  document.documentElement.classList.toggle('dark-mode', dark.matches)
}

followScheme()
dark.addEventListener('change', followScheme)

SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelExpandDepth: 3,
  defaultModelsExpandDepth: 0,
  // No third party is asked whether the document is right: a test knows.
  validatorUrl: null,
})
