import { secureHeaders } from 'hono/secure-headers'

/** What a page could ask of its browser: ours asks for nothing (Permissions Policy). */
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
 * The headers of OWASP's Secure Headers Project and REST Security Cheat Sheet, for answers of an API. What an answer says for
 * itself, as a page does of its content, stays.
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
