// Keys for what is on the page: pressing one clicks the element that names it in data-key, the last if there are several.
// Nothing happens while somebody types, holds a modifier or keeps the key down, or has switched the keys off.
const switchedOff = () => localStorage.getItem("keys") === "off";

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.isComposing || switchedOff()) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const named = document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`);
  if (named.length) {
    event.preventDefault();
    named[named.length - 1].click();
  }
});

// A key that acts by itself can be switched off, as people need who speak to their computer (WCAG 2.1.4).
const show = () => {
  document.documentElement.dataset.keys = switchedOff() ? "off" : "on";
  for (const button of document.querySelectorAll("[data-keys-switch]")) {
    button.hidden = false;
    button.textContent = switchedOff() ? "Switch the keys on" : "Switch the keys off";
  }
};

addEventListener("click", (event) => {
  if (!event.target.closest("[data-keys-switch]")) return;
  localStorage.setItem("keys", switchedOff() ? "on" : "off");
  show();
});
addEventListener("htmx:load", show);
show();

// When the site cannot be reached, the browser's own page says so; htmx would leave everything as it is.
addEventListener("htmx:sendError", () => location.reload());
