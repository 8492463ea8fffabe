// Builds assets/dist: style sheet, script, fonts and marks under names that carry their content's hash, and manifest.json;
// and assets/print: the whole font for paper, which browsers never ask for.
// Same input, same bytes. Usage: node assets/build.mjs
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const paper = join(here, "print");
const modules = join(here, "node_modules");
const { build, transform } = await import("esbuild").catch(() => {
  console.error("assets: packages are missing; run: npm ci --prefix assets");
  process.exit(1);
});
const targets = ["chrome111", "edge111", "firefox115", "safari16.4"];
const manifest = {};
const written = new Map();

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 10);
function emit(logical, bytes) {
  const content = Buffer.from(bytes);
  const dot = logical.lastIndexOf(".");
  const name = `${logical.slice(0, dot)}.${hash(content)}${logical.slice(dot)}`;
  manifest[logical] = name;
  written.set(name, content);
  return name;
}

/** The font in slices of characters: text in regular weight on wide screens, headings in bold everywhere. */
async function fonts() {
  const root = join(modules, "@fontsource/biz-udpgothic");
  const faces = { 400: [], 700: [] };
  for (const weight of [400, 700]) {
    const css = await readFile(join(root, `${weight}.css`), "utf8");
    for (const [, file, ranges] of css.matchAll(/url\(\.\/files\/([^)]+\.woff2)\)[^;]*;\s*unicode-range:\s*([^;]+);/g)) {
      const logical = `files/${file.replace("-normal", "")}`;
      const bytes = await readFile(join(root, "files", file));
      const name = emit(logical, bytes);
      delete manifest[logical]; // only the style sheet asks for slices
      const family = weight === 400 ? "Renkei Text" : "Renkei Head";
      faces[weight].push(`@font-face{font-family:"${family}";font-style:normal;font-weight:${weight};font-display:optional;src:url(${name}) format("woff2");unicode-range:${ranges.replaceAll(" ", "").toUpperCase()}}`);
    }
    if (faces[weight].length < 100) throw new Error(`font: only ${faces[weight].length} slices of weight ${weight} found`);
  }
  return emit("fonts.css", `${faces[700].join("\n")}\n@media (min-width:45em){\n${faces[400].join("\n")}\n}\n`);
}

/** The style sheet, with only those primitive tokens of the package that it names. */
async function styles() {
  const bundled = await build({
    entryPoints: [join(here, "src/css/index.css")], bundle: true, write: false, minify: false, target: targets, loader: { ".svg": "dataurl" }, logLevel: "warning",
  });
  const own = bundled.outputFiles[0].text;
  const tokens = await readFile(join(modules, "@digital-go-jp/design-tokens/dist/tokens.css"), "utf8");
  const all = new Map([...tokens.matchAll(/^\s*(--[\w-]+):\s*([^;]+);/gm)].map(([, name, value]) => [name, value]));
  const local = new Set([...own.matchAll(/[{;\s](--[\w-]+):/g)].map(([, name]) => name));
  const used = [...new Set([...own.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name))].filter((name) => !local.has(name)).sort();
  const missing = used.filter((name) => !all.has(name));
  if (missing.length) throw new Error(`style sheet: unknown tokens ${missing.join(", ")}`);
  const primitives = `@layer tokens{:root{${used.map((name) => `${name}:${all.get(name)}`).join(";")}}}\n`;
  const order = "@layer tokens, base, shell, components, forms, tables, pages, print;\n";
  const { code } = await transform(order + primitives + own, { loader: "css", minify: true, target: targets });
  return emit("app.css", code);
}

async function scripts(fontsName) {
  const bundled = await build({
    entryPoints: [join(here, "src/ts/main.ts")], bundle: true, write: false, minify: true, format: "iife", target: targets, legalComments: "none", charset: "utf8", define: { FONTS_CSS: JSON.stringify(fontsName) }, logLevel: "warning",
  });
  return emit("app.js", bundled.outputFiles[0].contents);
}

/** The moving map in files of its own: only pages with a map ask for them. */
async function map() {
  const gl = join(modules, "maplibre-gl/dist");
  const options = { bundle: true, write: false, minify: true, format: "esm", target: ["chrome111", "edge111", "firefox115", "safari16.4"], legalComments: "none", charset: "utf8", logLevel: "warning" };
  const script = await build({ ...options, entryPoints: [join(here, "src/ts/map.ts")], nodePaths: [modules] });
  emit("map.js", script.outputFiles[0].contents);
  const worker = await build({ ...options, entryPoints: [join(gl, "maplibre-gl-worker.mjs")] });
  emit("map-worker.js", worker.outputFiles[0].contents);
  const css = await build({ entryPoints: [join(gl, "maplibre-gl.css")], bundle: true, write: false, minify: true, target: targets, loader: { ".svg": "dataurl", ".png": "dataurl" }, logLevel: "warning" });
  emit("map.css", css.outputFiles[0].contents);
}

const started = Date.now();
const fontsName = await fonts();
await styles();
await scripts(fontsName);
await map();
for (const name of ["mark.svg", "favicon.svg"]) {
  const svg = await readFile(join(here, "src/svg", name));
  emit(name, svg);
  written.set(name, svg);
}

/** The font for paper, whole: the typesetter takes out of it what a document needs. Written only when it differs, so that nothing is built anew. */
async function paperFonts() {
  const root = join(modules, "@expo-google-fonts/biz-udpgothic");
  const files = { "BIZUDPGothic-Regular.ttf": "400Regular/BIZUDPGothic_400Regular.ttf", "BIZUDPGothic-Bold.ttf": "700Bold/BIZUDPGothic_700Bold.ttf", "LICENSE_FONT.txt": "LICENSE_FONT" };
  await mkdir(paper, { recursive: true });
  for (const [name, from] of Object.entries(files)) {
    const bytes = await readFile(join(root, from));
    const old = await readFile(join(paper, name)).catch(() => Buffer.alloc(0));
    if (!old.equals(bytes)) await writeFile(join(paper, name), bytes);
  }
}
await paperFonts();

const texts = [];
for (const [name, file] of [["@fontsource/biz-udpgothic", "LICENSE"], ["@expo-google-fonts/biz-udpgothic", "LICENSE_FONT"], ["@digital-go-jp/design-tokens", "LICENSE"], ["maplibre-gl", "LICENSE.txt"]]) texts.push(`${name}\n\n${await readFile(join(modules, name, file), "utf8")}`);
const licences = Buffer.from(texts.join(`\n${"-".repeat(72)}\n\n`));
emit("licenses.txt", licences);
written.set("licenses.txt", licences);

for (const entry of await readdir(dist).catch(() => [])) if (entry !== ".gitkeep") await rm(join(dist, entry), { recursive: true });
await mkdir(join(dist, "files"), { recursive: true });
await Promise.all([...written].map(([name, bytes]) => writeFile(join(dist, name), bytes)));
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(join(dist, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
const size = [...written.values()].reduce((sum, bytes) => sum + bytes.length, 0);
console.log(`assets: ${written.size} files, ${(size / 1e6).toFixed(1)} MB, ${Date.now() - started} ms`);
