import { tabResponse } from './tab-storage.ts'

/** The identity provider sends the user here. The console goes on with its response. */
if (window.parent === window) {
  tabResponse.write(location.search)
  location.replace('/')
} else {
  window.parent.postMessage({ signedIn: location.search }, location.origin)
}
