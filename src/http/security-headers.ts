import { secureHeaders } from 'hono/secure-headers'

/** Features of the browser that no response uses (Permissions Policy). */
const FEATURES = [
  'accelerometer',
  'autoplay',
  'camera',
  'displayCapture',
  'encryptedMedia',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'pictureInPicture',
  'publickeyCredentialsGet',
  'screenWakeLock',
  'syncXhr',
  'usb',
  'xrSpatialTracking',
] as const

/**
 * The headers of OWASP's Secure Headers Project and REST Security Cheat Sheet, for the responses of
 * an API. A header that a response sets by itself stays, such as the policy of a page.
 */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  crossOriginEmbedderPolicy: true,
  permissionsPolicy: Object.fromEntries(FEATURES.map((feature) => [feature, false])),
  strictTransportSecurity: 'max-age=31536000; includeSubDomains',
  xFrameOptions: 'DENY',
  overwrite: false,
})
