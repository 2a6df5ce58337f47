import type { ConfigurationKind, ParameterKind } from "../catalogue/action.ts";

/** What a built package writes for the type of an action's parameter (secops-platform.md 2.3). */
export const actionParameterNumbers: Readonly<Record<ParameterKind, number>> = { string: 0, boolean: 1, ddl: 15 };

/** What a built package writes for the type of a configuration parameter (secops-platform.md 2.3). */
export const configurationNumbers: Readonly<Record<ConfigurationKind, number>> = { boolean: 0, string: 2, password: 3 };
