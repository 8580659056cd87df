/** Whose token `npm start` prints: a user who may read three account lists of the demo data. */
export const DEMO_USER = '0d3e0000-0000-4000-8000-000000000001'
