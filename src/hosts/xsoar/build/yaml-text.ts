import { Document, isScalar, type Scalar, visit } from "yaml";

/**
 * YAML as XSOAR's own tools write it: keys in the order given, long texts on one line, and texts of several lines as
 * literal blocks, so that a script stands in the file as it is.
 */
export function toYaml(value: object): string {
  const document = new Document(value, { aliasDuplicateObjects: false, version: "1.1" });
  visit(document, {
    Scalar(key, node) {
      if (key !== "key" && isScalar(node) && typeof node.value === "string" && node.value.includes("\n")) {
        (node as Scalar).type = "BLOCK_LITERAL";
      }
    },
  });
  return document.toString({ lineWidth: 0, singleQuote: true });
}
