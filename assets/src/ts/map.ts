/** The moving map: our boundaries (and tiles where the installation names them), pins by kind with shape and colour, clusters. The
 *  list beside it stays the way for keyboard and screen reader: choosing an entry there shows its pin, choosing a pin its entry. */
import { Map as Gl, NavigationControl, Popup, setWorkerUrl, type GeoJSONSource, type StyleSpecification } from "maplibre-gl";

type Pin = { id: string; name: string; kind: string; tone: string; shape: string; about: boolean };
const GROUND = "#eef3f0";
const CORE = "#fbfcf8";
const LINE = "#7d8a84";
const TONES: Record<string, string> = { red: "#b3261e", teal: "#00696d", green: "#1b6e3c", blue: "#1f4fa3", purple: "#6b3fa0", orange: "#a34700", yellow: "#7a5d00", brown: "#6d4423", pink: "#a8326e", indigo: "#3d4a9e", gray: "#4d5652" };
const SHAPES: Record<string, string> = {
  square: "M3 3h14v14H3z", triangle: "M10 2 18.5 17h-17z", diamond: "M10 1 19 10 10 19 1 10z", cross: "M7 2h6v5h5v6h-5v5H7v-5H2V7h5z",
  hexagon: "M10 1 18 5.5v9L10 19 2 14.5v-9z", pentagon: "M10 1 19 8 15.5 18h-11L1 8z", star: "m10 1 2.7 5.8 6.3.8-4.6 4.4 1.2 6.3L10 15.2 4.4 18.3 5.6 12 1 7.6l6.3-.8z", circle: "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
};

/** A pin or a cluster as a picture; the canvas draws it, so no picture is loaded. */
function picture(shape: string, colour: string, text = ""): ImageData {
  const size = text ? 72 : 48;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
  pen.scale(size / 22, size / 22);
  pen.translate(1, 1);
  const path = new Path2D(SHAPES[shape] ?? SHAPES.circle);
  pen.lineWidth = 2.4; pen.strokeStyle = "#fff"; pen.lineJoin = "round"; pen.stroke(path);
  pen.fillStyle = colour; pen.fill(path);
  if (text) { pen.fillStyle = "#fff"; pen.font = "700 7.5px sans-serif"; pen.textAlign = "center"; pen.textBaseline = "middle"; pen.fillText(text, 10, 10.4); }
  return pen.getImageData(0, 0, size, size);
}

export function show(place: HTMLElement): void {
  const { map: pins = "", boundaries = "", worker = "", provider = "", tiles, label = "", cluster = "" } = place.dataset;
  const drawing = place.parentElement?.querySelector<SVGElement>("svg.area-map");
  setWorkerUrl(new URL(worker, location.href).href);
  place.hidden = false;
  const style: StyleSpecification = {
    version: 8,
    sources: { towns: { type: "geojson", data: new URL(boundaries, location.href).href }, ...(tiles ? { tiles: { type: "raster" as const, tiles: [tiles], tileSize: 256, maxzoom: 18 } } : {}) },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": GROUND } },
      ...(tiles ? [{ id: "tiles", type: "raster" as const, source: "tiles" }] : [{ id: "towns", type: "fill" as const, source: "towns", paint: { "fill-color": ["case", ["get", "core"], CORE, GROUND] as never } }]),
      { id: "borders", type: "line", source: "towns", paint: { "line-color": LINE, "line-width": 1.4 } },
    ],
  };
  let gl: Gl;
  try {
    gl = new Gl({ container: place, style, bounds: [138.93, 35.1, 139.25, 35.47], fitBoundsOptions: { padding: 12 }, attributionControl: false, dragRotate: false, pitchWithRotate: false, maxZoom: 18, cooperativeGestures: true, locale: place.lang === "en" ? {} : { "NavigationControl.ZoomIn": "大きくする", "NavigationControl.ZoomOut": "小さくする", "Map.Title": label, "CooperativeGesturesHandler.WindowsHelpText": "Ctrlキーを押しながら回すと、大きさが変わります", "CooperativeGesturesHandler.MobileHelpText": "2本の指で動かします" } });
  } catch {
    place.hidden = true;
    return;
  }
  gl.getCanvas().setAttribute("aria-label", label);
  gl.touchZoomRotate.disableRotation();
  gl.addControl(new NavigationControl({ showCompass: false }));
  gl.setMissingStyleImageResolver((id) => {
    const [kind, shape = "circle", rest = ""] = id.split("|");
    if (gl.hasImage(id)) return;
    gl.addImage(id, kind === "cluster" ? picture("circle", "#26332d", rest) : picture(shape, TONES[rest] ?? "#4d5652"), { pixelRatio: 2 });
  });
  gl.on("load", () => { void fill(gl, pins, place, provider, cluster, drawing); });
}

async function fill(gl: Gl, pins: string, place: HTMLElement, provider: string, cluster: string, drawing: SVGElement | null | undefined): Promise<void> {
  const answer = await fetch(pins, { headers: { "x-renkei-background": "1" } });
  if (!answer.ok) { place.hidden = true; return; }
  type Points = { features: { geometry: { coordinates: [number, number] }; properties: Pin }[] };
  const data = (await answer.json()) as Points;
  const at = new Map(data.features.map((f) => [f.properties.id, f]));
  gl.addSource("pins", { type: "geojson", data: data as never, cluster: true, clusterRadius: 42, clusterMaxZoom: 15 });
  gl.addLayer({ id: "clusters", type: "symbol", source: "pins", filter: ["has", "point_count"], layout: { "icon-image": ["concat", "cluster|circle|", ["get", "point_count_abbreviated"]], "icon-allow-overlap": true } });
  gl.addLayer({ id: "pins", type: "symbol", source: "pins", filter: ["!", ["has", "point_count"]], layout: { "icon-image": ["concat", "pin|", ["get", "shape"], "|", ["get", "tone"]], "icon-allow-overlap": true } });
  // What the canvas really shows, for those who look from outside: pins and clusters with their pictures.
  gl.on("idle", () => { place.dataset.drawn = String(gl.queryRenderedFeatures({ layers: ["pins", "clusters"] }).length); });
  drawing?.classList.add("print-only");
  place.dataset.ready = String(data.features.length);
  const points = data.features.map((f) => f.geometry.coordinates);
  if (points.length) {
    const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
    gl.fitBounds([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)], { padding: 40, maxZoom: 15, animate: false });
  }
  const popup = new Popup({ closeButton: true, maxWidth: "260px", focusAfterOpen: false });
  const open = (id: string): void => {
    const pin = at.get(id);
    if (!pin) return;
    const body = document.createElement("div");
    const link = Object.assign(document.createElement("a"), { href: provider + id, textContent: pin.properties.name });
    const kind = Object.assign(document.createElement("p"), { textContent: pin.properties.kind });
    body.append(link, kind);
    popup.setLngLat(pin.geometry.coordinates).setDOMContent(body).addTo(gl);
    for (const other of document.querySelectorAll(".place.chosen")) other.classList.remove("chosen");
    document.querySelector(`.place[data-id="${CSS.escape(id)}"]`)?.classList.add("chosen");
  };
  gl.on("click", "pins", ({ features }) => { const id = features?.[0]?.properties?.id as string | undefined; if (id) open(id); });
  gl.on("click", "clusters", ({ features, lngLat }) => {
    const number = features?.[0]?.properties?.cluster_id as number | undefined;
    if (number === undefined) return;
    void (gl.getSource("pins") as GeoJSONSource).getClusterExpansionZoom(number).then((zoom) => gl.easeTo({ center: lngLat, zoom: Math.min(zoom + 0.2, 18), animate: !matchMedia("(prefers-reduced-motion: reduce)").matches }));
  });
  for (const layer of ["pins", "clusters"]) {
    gl.on("mouseenter", layer, () => { gl.getCanvas().style.cursor = "pointer"; });
    gl.on("mouseleave", layer, () => { gl.getCanvas().style.cursor = ""; });
  }
  // From the list to the pin: each entry gets a button of its own.
  for (const entry of document.querySelectorAll<HTMLElement>(".place[data-id]")) {
    const id = entry.dataset.id ?? "";
    const pin = at.get(id);
    const title = entry.querySelector("h3");
    if (!pin || !title) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn second small to-pin", textContent: place.lang === "en" ? "On the map" : "地図で見る" });
    button.setAttribute("aria-label", `${pin.properties.name}: ${button.textContent}`);
    button.addEventListener("click", () => { gl.jumpTo({ center: pin.geometry.coordinates, zoom: Math.max(gl.getZoom(), 15) }); open(id); place.scrollIntoView({ block: "nearest" }); });
    title.after(button);
  }
  place.title = "";
  void cluster;
}
