/** Where a command is reached: `/v1/users/blocklist/add` for `users.blocklist.add`. */
export function routePath(name: string): string {
  return `/v1/${name.split(".").join("/")}`;
}
