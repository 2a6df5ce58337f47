import type { Simulator } from "../../src/simulator/index.ts";

/** Parameters of an XSOAR instance that reaches a simulator, and its cloud API where it has one. */
export function instanceParams(simulator: Simulator) {
  return {
    url: simulator.api,
    credentials: { identifier: simulator.username, password: simulator.password },
    unsecure: false,
    proxy: false,
    timeout: "60",
    ...(simulator.cloud === undefined
      ? {}
      : {
          cloud_credentials: { identifier: simulator.clientId, password: simulator.clientSecret },
          cloud_cluster_id: simulator.clusterId,
          cloud_url: simulator.cloud,
          cloud_token_url: `${simulator.cloud}/v1/token`,
        }),
  };
}
