/**
 * How far beyond now a search without an end reaches, in milliseconds: PPS stamps mail by its own clock, which may run
 * ahead of the one here (pps-api.md 11).
 */
export const clockSlack = 10 * 60_000;

/** How far the clocks of filter and quarantine may differ for one message, in milliseconds. */
export const clockDifference = 5 * 60_000;
