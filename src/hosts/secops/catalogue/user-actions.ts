import type { SecopsAction } from "./action.ts";
import { text } from "./parameters.ts";
import { exampleProfile } from "./records.ts";

const user = text("User", "Address, alias or uid of the user.", { isMandatory: true });

const attributes = text("Attributes", "Attributes under PPS's own keys, as a JSON object; they are passed on unread.");
const otherFields = text(
  "Other Fields",
  "Further fields under PPS's own keys, as a JSON object; they are passed on unread.",
);

const plain = { entityTypes: [], tables: [] } as const;

export const userActions: readonly SecopsAction[] = [
  {
    ...plain,
    name: "Get User",
    stem: "get_user",
    description: "Gets one end user: names, groups, attributes and the user's own safelist and blocklist.",
    failureLead: "Failed to read the user",
    writes: false,
    parameters: [user],
    example: exampleProfile,
    outcomes: ["enrich_asset"],
  },
  {
    ...plain,
    name: "Create User",
    stem: "create_user",
    description: "Creates an end user. A user who exists already is refused and stays as it was.",
    failureLead: "Failed to create the user",
    writes: true,
    parameters: [
      text("Email", "Primary address of the new user.", { isMandatory: true }),
      text("First Name", "First name."),
      text("Last Name", "Last name."),
      text("Groups", "Groups the user is to belong to, separated by commas."),
      text("Safelist", "Senders for the user's own safelist, separated by commas."),
      text("Blocklist", "Senders for the user's own blocklist, separated by commas."),
      attributes,
      otherFields,
    ],
    example: exampleProfile,
    outcomes: ["update_identity"],
  },
  {
    ...plain,
    name: "Update User",
    stem: "update_user",
    description: "Changes an end user; what is left empty stays as it is.",
    failureLead: "Failed to update the user",
    writes: true,
    parameters: [
      user,
      text("First Name", "New first name."),
      text("Last Name", "New last name."),
      text("Add Groups", "Groups the user is to join, separated by commas."),
      attributes,
      otherFields,
    ],
    example: exampleProfile,
    outcomes: ["update_identity"],
  },
  {
    ...plain,
    name: "Delete User",
    stem: "delete_user",
    description: "Deletes an end user with the user's own lists and settings. It cannot be undone.",
    failureLead: "Failed to delete the user",
    writes: true,
    parameters: [user],
    example: { user: "ann@example.com", deleted: true },
    outcomes: ["update_identity"],
  },
];
