/** Whether a host means this machine alone; an IPv6 address with its brackets or without. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}
