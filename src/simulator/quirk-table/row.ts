/** One point that the public sources leave open, and how far this gateway can differ in it. */
export interface QuirkRow {
  /** All values; the first after a profile's default that is not hostile is "the opposite". */
  values: readonly string[];
  onprem: string;
  pod: string;
  meaning: string;
  /** Section or table row of pps-api.md. */
  source: string;
  /** Values under which no client can do its work; chosen only when asked for by name, or where a profile has them. */
  hostile?: readonly string[];
}
