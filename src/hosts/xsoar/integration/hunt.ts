import { hunt } from "../../../commands/hunt/hunt.ts";
import { type HuntResult, huntOutputs, indicatorOutputs } from "../../../commands/hunt/hunt-result.ts";
import { defang } from "../../../commands/indicators/defang.ts";
import type { Json } from "../../../core/steps.ts";
import { resultEntry } from "../entries/entry.ts";
import { type Row, tableToMarkdown } from "../entries/table-markdown.ts";
import { boundedTable, filledColumns } from "./bounded-table.ts";
import { declareOutputs } from "./declared-output.ts";
import { ownCommand } from "./own-command.ts";
import { noteEntries } from "./records.ts";

const prefix = "Proofpoint.Hunt";
const messageKey = `${prefix}(val.guid == obj.guid && val.messageId == obj.messageId && val.receivedAt == obj.receivedAt)`;
const indicatorKey = `${prefix}Indicator(val.indicator == obj.indicator && val.kind == obj.kind)`;

/** Finds all mail that indicators name. */
export const huntCommand = ownCommand(hunt, {
  outputs: declareOutputs(prefix, huntOutputs).concat(declareOutputs(`${prefix}Indicator`, indicatorOutputs)),
  render(result) {
    const { indicators, timeline, failed } = result.summary as HuntResult;
    const messages = result.items as (Row & { [name: string]: Json })[];
    const counted = indicators.map((indicator): { [name: string]: Json } => ({ ...indicator }));
    const listed = resultEntry(
      messages.length === 0
        ? { humanReadable: failed ? "What could be searched holds no message." : "No messages found." }
        : {
            contents: messages,
            humanReadable: boundedTable(result.command.title, messages, result.command.columns),
            context: { [messageKey]: messages },
          },
    );
    const tables = [indicatorTable(indicators), timelineTable(timeline)].filter((table) => table !== "");
    const found = resultEntry({
      contents: result.summary as { [name: string]: Json },
      humanReadable: tables.join("\n"),
      context: { [indicatorKey]: counted },
    });
    // A search that broke off is an error.
    return [listed, found].concat(noteEntries(result, failed));
  },
});

function indicatorTable(indicators: HuntResult["indicators"]): string {
  const rows = indicators.map(
    (counted): Row => ({
      ...counted,
      indicator: counted.kind === "url" ? defang(counted.indicator) : counted.indicator,
    }),
  );
  const columns = ["indicator", "kind", "messages", "recipients", "first", "last", "state", "reason"];
  return boundedTable("Indicators", rows, filledColumns(columns, rows));
}

/** Stretches without any message are left out: the times tell. */
function timelineTable(timeline: HuntResult["timeline"]): string {
  const rows = timeline
    .filter(({ held, delivered, stopped, unclear }) => held + delivered + stopped + unclear > 0)
    .map((bucket): Row => ({ ...bucket }));
  if (rows.length === 0) return "";
  return tableToMarkdown("Timeline", rows, ["from", "minutes", "held", "delivered", "stopped", "unclear"]);
}
