/** Queue and session ids of made-up messages. They carry the row's number, so that Smart Search finds the row without an index. */

/** Such as `g0N0A00s001234` for row 1234. */
export function syntheticQid(id: number): string {
  const digits = String(id).padStart(10, "0");
  return `g${digits.charAt(0)}N${digits.charAt(1)}A${digits.slice(2, 4)}s${digits.slice(4)}`;
}

/** Such as `0gen001234` for row 1234. */
export function syntheticSid(id: number): string {
  const digits = String(id).padStart(7, "0");
  return `${digits.slice(0, -6)}gen${digits.slice(-6)}`;
}

/** The row that a made-up queue or session id stands for; undefined for ids of real arrivals. */
export function rowOfSyntheticId(text: string): number | undefined {
  if (!/^(?:g\dN\dA\d\ds\d{6}|\d+gen\d{6})$/.test(text)) return undefined;
  return Number(text.replaceAll(/\D/g, ""));
}
