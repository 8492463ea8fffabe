// Pages on paper: the size of every sheet of a printed page, read from the PDF itself.
import { check } from "./report.mjs";

const SIZES = { "A3 landscape": [420, 297], A4: [210, 297] };

/** Prints the open page as the browser would and checks each sheet. Chromium writes page dictionaries uncompressed. */
export async function checkPaper(page, where, size) {
  const bytes = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const boxes = [...bytes.toString("latin1").matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)].map(([, width, height]) => [Number(width) / 72 * 25.4, Number(height) / 72 * 25.4]);
  const [width, height] = SIZES[size];
  const other = boxes.filter(([w, h]) => Math.abs(w - width) > 1.5 || Math.abs(h - height) > 1.5).map(([w, h]) => `${w.toFixed(0)}×${h.toFixed(0)} mm`);
  check(where, `prints on ${size}`, boxes.length === 0 ? "no sheet" : other.length ? `${other.length} of ${boxes.length} sheets are ${other[0]}` : "");
  await page.emulateMedia({ media: "print" });
  const left = await page.evaluate(() => ["header.top", "nav", "footer.site", "a.skip"].filter((part) => [...document.querySelectorAll(part)].some((one) => one.getClientRects().length > 0)));
  check(where, "no navigation on paper", left.join(", "));
  await page.emulateMedia({ media: null });
}
