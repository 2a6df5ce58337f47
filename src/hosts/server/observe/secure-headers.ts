/** What every answer says beside its content: it is nobody's page to frame, keep or guess at. */
export function secureHeaders({
  isSecure,
}: {
  isSecure: boolean;
}): readonly (readonly [name: string, value: string])[] {
  return [
    ["x-content-type-options", "nosniff"],
    ["cache-control", "no-store"],
    ["referrer-policy", "no-referrer"],
    ["cross-origin-resource-policy", "same-origin"],
    ["x-frame-options", "DENY"],
    ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
    ...(isSecure ? [["strict-transport-security", "max-age=31536000"] as const] : []),
  ];
}
