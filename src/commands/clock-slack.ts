/**
 * How far beyond now a search without an end reaches, in milliseconds: PPS stamps mail by its own clock, which may run
 * ahead of the one here (pps-api.md 11).
 */
export const clockSlack = 10 * 60_000;
