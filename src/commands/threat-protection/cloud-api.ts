/** Where the cloud API and its token server are, unless an instance is told otherwise (pps-api.md 7). */
export const cloudAddresses = {
  api: "https://threatprotection-api.proofpoint.com",
  token: "https://auth.proofpoint.com/v1/token",
} as const;

/** What the server allows of one key over all its clusters: so many calls in any such window (pps-api.md 7, rate). */
export const cloudRate = { calls: 10, windowMs: 60_000 } as const;
