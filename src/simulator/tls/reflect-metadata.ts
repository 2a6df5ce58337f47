// The certificate library's dependency container refuses to load without these three functions of the metadata proposal.
// They are added only where nobody else has brought them.
const metadata = new WeakMap<object, Map<unknown, unknown>>();
const read = (key: unknown, target: object) => metadata.get(target)?.get(key);

const missing = {
  getMetadata: read,
  getOwnMetadata: read,
  defineMetadata(key: unknown, value: unknown, target: object) {
    metadata.set(target, (metadata.get(target) ?? new Map()).set(key, value));
  },
};

for (const [name, value] of Object.entries(missing)) {
  if (!(name in Reflect)) Object.defineProperty(Reflect, name, { value, configurable: true, writable: true });
}
