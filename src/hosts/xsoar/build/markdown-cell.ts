/** A text as the cell of a Markdown table: pipes would end it (RM102), and angle brackets would be read as HTML. */
export function markdownCell(text: string): string {
  return text.replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\|/g, "&#124;").replace(/\r?\n/g, " ");
}
