/** What stands behind an address's last @, without the root's dot; of a text without @, all of it. Letters stay as they are. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).replace(/\.+$/, "");
}
