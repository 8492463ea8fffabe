/** The moving map in place of the drawn one, on pages that have it and in browsers that can: everything else keeps the drawing. */
export function maps(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-map]")) {
    const { script, style } = place.dataset;
    if (!script || !style || !canDraw()) continue;
    // The files of the map are large; they come once the page is complete.
    const begin = () => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = style;
      document.head.append(link);
      link.addEventListener("load", () => { void import(/* the address is made by the server */ script).then((map: { show: (place: HTMLElement) => void }) => map.show(place)).catch(() => { place.hidden = true; }); });
    };
    if (document.readyState === "complete") begin(); else addEventListener("load", begin);
  }
}

function canDraw(): boolean {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

/** "Nearest to me first": asks the device only when the button is pressed; nothing is kept. */
export function here(): void {
  for (const line of document.querySelectorAll<HTMLElement>("[data-here]")) {
    const button = line.querySelector<HTMLButtonElement>("button[data-near]");
    const status = line.querySelector<HTMLElement>("[role=status]");
    const form = line.closest("form");
    if (!button || !form || !("geolocation" in navigator) || !isSecureContext) continue;
    line.hidden = false;
    button.addEventListener("click", () => {
      button.disabled = true;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const field = form.querySelector<HTMLInputElement>("input[name=near]") ?? Object.assign(document.createElement("input"), { type: "hidden", name: "near" });
          // About a hundred metres are enough to sort by, and say less about the person.
          field.value = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
          form.append(field);
          form.requestSubmit();
        },
        () => { button.disabled = false; if (status) status.textContent = button.dataset.near ?? ""; },
        { timeout: 10_000, maximumAge: 60_000 },
      );
    });
  }
}
