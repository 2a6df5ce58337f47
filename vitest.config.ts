import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    // What simulators and child processes leave in the temporary directory goes with the test file.
    setupFiles: ["test/temporary-directory.ts"],
    // Much of the time is spent waiting, so that no core is kept back for the one that counts.
    maxWorkers: "100%",
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
