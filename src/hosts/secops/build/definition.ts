import { secopsActions } from "../catalogue/actions.ts";
import { configurationParameters } from "../catalogue/configuration.ts";
import { packageFacts } from "./package-facts.ts";
import { png, svg } from "./picture.ts";
import { configurationNumbers } from "./platform-numbers.ts";
import { packageVersion, releaseNotesDetails } from "./release-notes.ts";

const { identifier, name, description, documentationLink, minimumSystemVersion } = packageFacts;

/** `definition.yaml` of the source tree. */
export function definitionSource(): object {
  return {
    identifier,
    name,
    parameters: configurationParameters.map((parameter) => ({
      name: parameter.name,
      default_value: parameter.defaultValue ?? "",
      type: parameter.kind,
      description: parameter.description,
      is_mandatory: parameter.isMandatory,
      integration_identifier: identifier,
    })),
    documentation_link: documentationLink,
    categories: packageFacts.categories,
    svg_logo_path: "resources/logo.svg",
    image_path: "resources/image.png",
  };
}

/** `Integration-<Identifier>.def` of the built package. */
export function definitionBuilt(): object {
  return {
    Identifier: identifier,
    DisplayName: name,
    MarketingDisplayName: name,
    Description: description,
    Version: packageVersion,
    PythonVersion: 3,
    MinimumSystemVersion: minimumSystemVersion,
    Categories: packageFacts.categories,
    DocumentationLink: documentationLink,
    ImageBase64: png.toString("base64"),
    SVGImage: svg,
    IntegrationProperties: properties(),
    // An import by hand is a custom integration to the platform, whatever its source says.
    IsCustom: true,
    IsCertified: false,
    IsPowerUp: false,
    IsAvailableForCommunity: true,
    ShouldInstalledInSystem: false,
    GoogleSecOpsProduct: false,
  };
}

/** `<Identifier>.fulldetails` of the built package; `managers` are the names of the modules the actions import. */
export function fullDetails(managers: readonly string[]): object {
  return {
    Identifier: identifier,
    PackageName: identifier,
    DisplayName: name,
    Description: description,
    DocumentationLink: documentationLink,
    MinimumSystemVersion: minimumSystemVersion,
    IntegrationProperties: properties(),
    Actions: secopsActions.map((action) => action.name),
    Jobs: [],
    Connectors: [],
    Managers: managers,
    CustomFamilies: [],
    MappingRules: [],
    Widgets: [],
    Version: packageVersion,
    IsCustom: false,
    ExampleUseCases: [],
    ReleaseNotes: releaseNotesDetails(),
  };
}

function properties(): object[] {
  return configurationParameters.map((parameter) => ({
    PropertyName: parameter.name,
    PropertyDisplayName: parameter.name,
    PropertyDescription: parameter.description,
    PropertyType: configurationNumbers[parameter.kind],
    Value: parameter.defaultValue ?? "",
    IsMandatory: parameter.isMandatory,
    IntegrationIdentifier: identifier,
  }));
}
