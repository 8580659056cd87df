import { clearTab, tabToken } from './console/sign-in/tab-storage.ts'
import { labelControls } from './label-controls.ts'

/** What the viewer gives to its plugins, as far as it is used here. */
type System = {
  readonly React: {
    readonly createElement: (
      type: unknown,
      props: Readonly<Record<string, unknown>> | null,
      ...children: readonly unknown[]
    ) => unknown
  }
  readonly getComponent: (name: string, isContainer?: boolean) => unknown
}

type SpecSelectors = { readonly selectLicenseNameField: () => string }

type Logout = (names: readonly string[]) => unknown

type Viewer = { readonly preauthorizeApiKey: (scheme: string, token: string) => void }

/** The viewer, from its own script: a function in the global scope. */
declare const SwaggerUIBundle: (options: {
  readonly url: string
  readonly dom_id: string
  readonly deepLinking: boolean
  readonly docExpansion: 'list'
  readonly defaultModelExpandDepth: number
  readonly defaultModelsExpandDepth: number
  readonly validatorUrl: null
  readonly layout: string
  readonly plugins: readonly ((system: System) => object)[]
  readonly onComplete: () => void
}) => Viewer

const dark = matchMedia('(prefers-color-scheme: dark)')

/** The viewer has a dark form, but does not ask for the system's. */
function followScheme(): void {
  document.documentElement.classList.toggle('dark-mode', dark.matches)
}

/**
 * The viewer's parts in one `main`, with headings in order. There is one server, and so no choice
 * of servers. The path of an operation is inside a button, where a link would be a control within a
 * control.
 */
const layout = ({ React: { createElement }, getComponent }: System) => ({
  components: {
    Layout: () =>
      createElement(
        'main',
        { className: 'swagger-ui' },
        createElement(getComponent('SvgAssets'), null),
        createElement(
          'div',
          { className: 'wrapper' },
          createElement(getComponent('errors', true), null),
          createElement(getComponent('InfoContainer', true), null),
          createElement('h2', null, 'Operations'),
          createElement(getComponent('AuthorizeBtnContainer', true), null),
          createElement(getComponent('operations', true), null),
        ),
      ),
    // The viewer would link to the list of SPDX, which does not have the project's licence.
    OAS31License: ({ specSelectors }: { readonly specSelectors: SpecSelectors }) =>
      createElement('p', null, specSelectors.selectLicenseNameField()),
    DeepLink: ({ text }: { readonly text: unknown }) => createElement('span', null, text),
  },
})

/** "Logout" in the viewer signs out of the console, too: it is the same token. */
const signOut = () => ({
  statePlugins: {
    auth: {
      wrapActions: {
        logout: (logout: Logout) => (names: readonly string[]) => {
          clearTab()
          return logout(names)
        },
      },
    },
  },
})

followScheme()
labelControls(document.body)
dark.addEventListener('change', followScheme)

const viewer = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelExpandDepth: 3,
  defaultModelsExpandDepth: 0,
  // No third party validates the document: a test does.
  validatorUrl: null,
  layout: 'Layout',
  plugins: [layout, signOut],
  onComplete: () => {
    const token = tabToken.read()
    if (token !== null) viewer.preauthorizeApiKey('bearer', token)
  },
})

// The browser may restore the page with a token in it, although another user has the tab now.
addEventListener('pagehide', () => {
  document.body.hidden = true
})
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload()
})
