import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    // What simulators and child processes leave in the temporary directory goes with the test file.
    setupFiles: ["test/temporary-directory.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
