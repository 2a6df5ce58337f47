import { text } from "../../../core/fields.ts";
import type { ListName } from "../../lists/list-name.ts";

/** The key by which PPS takes entries out of a user's own list; likely, but not documented (pps-api.md 6). */
export function removeField(list: ListName) {
  return text({
    maxLength: 100,
    description: `Key of the request that takes entries out of a user's own list, where this PPS has another than delete${list}.`,
    example: `delete${list}`,
  });
}
