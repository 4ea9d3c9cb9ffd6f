// Keys for what is on the page: pressing one clicks the element that names it in data-key, the last if there are several.
// In a list whose rows have data-row, j and k go down and up, and a key that an element of the row names in data-row-key
// clicks that one. Nothing happens while somebody types, holds a modifier or keeps the key down, or has switched the keys off.
function switchedOff() {
  try {
    return localStorage.getItem("keys") === "off";
  } catch {
    return false; // a browser that keeps nothing
  }
}

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.isComposing || switchedOff()) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  if (document.querySelector("dialog[open]") || event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (inRows(key)) {
    event.preventDefault();
    return;
  }
  const named = document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`);
  if (named.length) {
    event.preventDefault();
    named[named.length - 1].click();
  }
});

// Where the focus was when a key acted on its row: it goes to what stands there when the list comes back.
let place = null;

const rows = () => [...document.querySelectorAll("[data-row]")];

const inRows = (key) => {
  const all = rows();
  const row = document.activeElement?.closest("[data-row]");
  if (all.length && (key === "j" || key === "k")) {
    const at = all.indexOf(row) + (key === "j" ? 1 : -1);
    all[row ? Math.min(Math.max(at, 0), all.length - 1) : 0].focus();
    return true;
  }
  const named = row?.querySelector(`[data-row-key="${CSS.escape(key)}"]`);
  if (!named) return false;
  place = named.matches("[name=one]") ? all.indexOf(row) : null;
  named.click();
  return true;
};

addEventListener("htmx:afterSettle", () => {
  const all = rows();
  if (place !== null && all.length) all[Math.min(place, all.length - 1)].focus();
  place = null;
});

// A key that acts by itself can be switched off, as people need who speak to their computer (WCAG 2.1.4). The mark on
// <html> says which words the button has (css/base.css).
export const show = () => {
  document.documentElement.dataset.keys = switchedOff() ? "off" : "on";
  for (const button of document.querySelectorAll("[data-keys-switch]")) button.hidden = false;
};

addEventListener("click", (event) => {
  if (!event.target.closest("[data-keys-switch]")) return;
  try {
    localStorage.setItem("keys", switchedOff() ? "on" : "off");
  } catch {
    // As above.
  }
  show();
});
addEventListener("htmx:load", show);
show();

// When the site cannot be reached, the browser's own page says so; htmx would leave everything as it is. Only where the whole
// page was to change: elsewhere, help.js brings these keys to pages on which somebody may be writing.
addEventListener("htmx:sendError", ({ detail }) => {
  if (detail.target.id === "main") location.reload();
});
