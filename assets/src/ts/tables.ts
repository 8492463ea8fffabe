/**
 * Tables become cards on a phone: each cell takes its column's name from the head. Roles are written out, because a browser forgets that
 * a table is one when its rows are shown as blocks. Tables of more than eight columns (data-wide) keep their scrolling frame.
 */
export function tables(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>("table.data:not([data-wide])")) {
    const names = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent?.trim() ?? "");
    if (names.length === 0 || names.length > 8) continue;
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    if (rows.some((row) => [...row.cells].some((cell) => cell.colSpan > 1 || cell.rowSpan > 1))) continue;
    table.setAttribute("role", "table");
    for (const part of [table.tHead, ...table.tBodies]) part?.setAttribute("role", "rowgroup");
    for (const row of table.rows) row.setAttribute("role", "row");
    for (const cell of table.tHead?.rows[0]?.cells ?? []) cell.setAttribute("role", "columnheader");
    for (const row of rows) {
      [...row.cells].forEach((cell, column) => {
        const heading = cell.tagName === "TH";
        cell.setAttribute("role", heading ? "rowheader" : "cell");
        if (!heading && names[column] && !cell.dataset.label) cell.dataset.label = names[column];
      });
    }
    table.classList.add("stack");
  }
}
