import { brand } from "../integration/brand.ts";
import { xsoarCommands } from "../integration/commands.ts";
import { type Parameter, parameters, parameterTypes, sections } from "../integration/parameters.ts";
import type { XsoarArgument, XsoarCommand } from "../integration/xsoar-command.ts";

/** What the file holds beside what the tables say: in a pack's source they stand in files of their own. */
export interface UnifiedParts {
  display: string;
  script: string;
  /** As a `data:` address. */
  image: string;
  /** Markdown shown beside the settings. */
  detailedDescription: string;
}

/** The oldest server that public validators take for new content. */
export const oldestServer = "6.10.0";

/** The integration as XSOAR declares it, keys in the order its own tools write them (xsoar-platform.md 2). */
export function describeIntegration(parts: Partial<UnifiedParts>): object {
  return {
    category: "Email",
    sectionorder: [...sections],
    commonfields: { id: brand.id, version: -1 },
    configuration: parameters.map(describeParameter),
    description: brand.description,
    ...(parts.detailedDescription === undefined ? {} : { detaileddescription: parts.detailedDescription }),
    display: parts.display ?? brand.display,
    ...(parts.image === undefined ? {} : { image: parts.image }),
    name: brand.id,
    script: {
      commands: xsoarCommands.map(describeCommand),
      runonce: false,
      script: parts.script ?? "",
      type: "javascript",
    },
    fromversion: oldestServer,
    marketplaces: ["xsoar"],
    tests: ["No tests"],
  };
}

function describeParameter(parameter: Parameter): object {
  const { name, type, display, displayPassword, required, defaultValue, section, advanced, additionalInfo } = parameter;
  return {
    display,
    ...(displayPassword === undefined ? {} : { displaypassword: displayPassword }),
    name,
    type: parameterTypes[type],
    required: required === true,
    ...(defaultValue === undefined ? {} : { defaultvalue: defaultValue }),
    section,
    ...(advanced ? { advanced } : {}),
    ...(additionalInfo === undefined ? {} : { additionalinfo: additionalInfo }),
  };
}

function describeCommand(command: XsoarCommand): object {
  return {
    name: command.name,
    description: command.description,
    ...(command.arguments.length === 0 ? {} : { arguments: command.arguments.map(describeArgument) }),
    ...(command.outputs.length === 0
      ? {}
      : { outputs: command.outputs.map(({ contextPath, type, description }) => ({ contextPath, description, type })) }),
    ...(command.isHarmful ? { execution: true } : {}),
  };
}

function describeArgument(argument: XsoarArgument): object {
  const { name, description, required, defaultValue, predefined, isArray } = argument;
  return {
    name,
    description,
    ...(required ? { required } : {}),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(predefined === undefined ? {} : { auto: "PREDEFINED", predefined: [...predefined] }),
    ...(isArray ? { isArray } : {}),
  };
}
