import { brand } from "../integration/brand.ts";
import { buildBundle } from "./bundle.ts";
import { detailedDescription } from "./description.ts";
import { drawImage } from "./image.ts";
import { describeIntegration } from "./integration-yaml.ts";
import { author, packVersion } from "./pack-metadata.ts";
import { toYaml } from "./yaml-text.ts";

/** The integration in its two forms: as parts, and unified into one file as XSOAR's own tools do it (xsoar-platform.md 1). */
export interface IntegrationFiles {
  script: string;
  image: Buffer;
  description: string;
  /** Without the parts. */
  yaml: string;
  unified: string;
}

/** Builds the script and all that is made of it. */
export async function buildIntegration(): Promise<IntegrationFiles> {
  const script = await buildBundle();
  const image = drawImage();
  return {
    script,
    image,
    description: detailedDescription,
    yaml: toYaml(describeIntegration({})),
    unified: toYaml(
      describeIntegration({
        // Who made it and who does not support it is said where the server expects it for what its vendor did not make.
        display: `${brand.display} (Community Contribution)`,
        detailedDescription: `### Community Contributed Integration\n#### Integration Author: ${author}\nNeither Palo Alto Networks nor Proofpoint supports it.\n***\n${detailedDescription}`,
        image: `data:image/png;base64,${image.toString("base64")}`,
        script: `// pack version: ${packVersion}\n${script}`,
      }),
    ),
  };
}
