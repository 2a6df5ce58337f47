/** What a table holds under a name somebody else chose; not what every object has, such as `constructor`. */
export function ownValue<T>(table: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.keys(table).indexOf(name) >= 0 ? table[name] : undefined;
}
