/** Everything here is an addition: each page works without it. */
import { autosave } from "./autosave";
import { autosubmit } from "./autosubmit";
import { confirmations } from "./confirm";
import { copy } from "./copy";
import { desk } from "./desk";
import { drafts } from "./drafts";
import { fonts } from "./fonts";
import { idleLock } from "./idle";
import { live } from "./live";
import { here, maps } from "./map-page";
import { menus } from "./menus";
import { papers } from "./papers";
import { ranges } from "./ranges";
import { tables } from "./tables";

document.documentElement.classList.add("js");
for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", (event) => { event.preventDefault(); print(); });
}
tables();
drafts();
confirmations();
copy();
autosave();
desk();
autosubmit();
ranges();
papers();
menus();
idleLock();
live();
here();
maps();
fonts();
