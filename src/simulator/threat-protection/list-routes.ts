import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { FrameVariables } from "../api/frame.ts";
import { readJsonBody } from "../api/json-body.ts";
import { readParameters } from "../api/parameters.ts";
import type { Quirks } from "../quirks.ts";
import type { Store } from "../store/store.ts";
import { type ListChange, readListChange } from "./list-change.ts";
import { duplicateEntry, type ListRefusals } from "./list-refusals.ts";
import type { OrganisationEntry, OrganisationList } from "./organisation-lists.ts";

/** What the routes of a list work with. */
export interface ListRouteParts {
  store: Pick<Store, "organisationLists" | "note">;
  quirks: Quirks;
  refusals: ListRefusals;
  clusterId: string;
}

type ListContext = Context<{ Variables: FrameVariables }>;

/** `GET` and `POST` of one list of the organisation (pps-api.md 7). */
export function listRoutes(list: OrganisationList, { store, quirks, refusals, clusterId }: ListRouteParts) {
  const lists = store.organisationLists;
  const size = quirks["cloud-list-size"];
  return {
    read(context: ListContext): Response {
      checkCluster(context);
      return Response.json({ entries: lists.entries(list).map(toWire) });
    },
    async change(context: ListContext): Promise<Response> {
      checkCluster(context);
      const change = readListChange(await readJsonBody(context), list, quirks, refusals);
      if (change.action === "add") add(change.entry, context.get("requestId"));
      else remove(change.entry, context.get("requestId"));
      return accepted(change);
    },
  };

  function checkCluster(context: ListContext): void {
    const given = readParameters(context.req.url, ["clusterId"]);
    if (given.clusterId !== clusterId) throw refusals.make("unknown-cluster");
  }

  function add(entry: OrganisationEntry, requestId: string): void {
    if (size !== "unlimited" && lists.entries(list).length >= Number(size)) throw refusals.make("full-list");
    if (!lists.add(list, entry)) throw duplicateEntry();
    store.note({ effect: "listed", list, entry, requestId });
  }

  function remove({ attribute, operator, value }: OrganisationEntry, requestId: string): void {
    const entry = lists.remove(list, { attribute, operator, value });
    if (entry !== undefined) store.note({ effect: "unlisted", list, entry, requestId });
    const status = Number(quirks["cloud-absent-entry"]);
    if (entry === undefined && status !== 200) throw refusals.make("absent-entry", "", status as ContentfulStatusCode);
  }

  function accepted({ action, entry }: ListChange): Response {
    switch (quirks["cloud-change-body"]) {
      case "echo":
        return Response.json({ action, ...entry });
      case "json":
        return Response.json({ status: "success" });
      case "empty":
        return new Response(null, { status: 200 });
    }
  }

  function toWire({ comment, ...entry }: OrganisationEntry): Partial<OrganisationEntry> {
    return comment === "" && quirks["cloud-empty-comment"] === "left-out" ? entry : { ...entry, comment };
  }
}
