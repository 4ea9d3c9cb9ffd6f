// Fetches the other scripts when somebody is about to need them, so that a page that is only read costs next to nothing.
// Until they are there everything works as without scripts, and nothing is lost: what was typed meanwhile is read from the
// fields, and a button that was pressed is pressed again.
const urls = document.getElementById("start").dataset;

// English needs no catalogue of words, and where the catalogue of another language does not come the texts stay English.
window.gettext = (text) => text;
window.ngettext = (one, many, count) => (count === 1 ? one : many);

function runScript(src) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}

let words;
const PATIENCE = 2_000; // milliseconds, after which it goes on without
const patience = () => new Promise((resolve) => setTimeout(resolve, PATIENCE));
const fetchWords = () => (words ??= urls.words ? Promise.race([runScript(urls.words).catch(() => {}), patience()]) : Promise.resolve());

// htmx begins its work when the page is complete; while it is loading it would miss that moment.
const complete = new Promise((resolve) => {
  if (document.readyState === "complete") resolve();
  else addEventListener("load", resolve, { once: true });
});

// ---- What can be fetched, and near what on the page it is ----

const htmx = {
  name: "htmx",
  near: "[hx-get], [hx-post], [hx-boost]",
  async begin() {
    await complete;
    if (!window.htmx) await runScript(urls.htmx);
    // What was typed before htmx listened.
    for (const field of document.querySelectorAll("input[hx-get]")) {
      if (field.value === field.defaultValue) continue;
      window.htmx.ajax("GET", field.getAttribute("hx-get"), { source: field }).catch(() => {});
    }
  },
};

const drafts = {
  name: "drafts",
  near: "[data-draft]",
  async begin() {
    addEventListener("beforeunload", askBeforeLeaving);
    await fetchWords();
    await import(urls.drafts);
    removeEventListener("beforeunload", askBeforeLeaving);
  },
};

const editor = {
  name: "editor",
  near: "[data-markdown]",
  async begin() {
    await fetchWords();
    await Promise.all([import(urls.editor), import(urls.paste)]);
  },
};

const parts = [htmx, drafts, editor];

// What does not come is done without. The mark on <html> says that it need not be waited for any more.
function need(part) {
  const done = () => {
    part.isDone = true;
    document.documentElement.dataset[part.name] = "ready";
  };
  return (part.coming ??= part.begin().then(done, done));
}

function needNear(element) {
  for (const part of parts) if (!part.coming && element?.closest?.(part.near)) need(part);
}

// A draft that comes back is an input as well.
for (const type of ["pointerover", "touchstart", "focusin", "input"]) {
  addEventListener(type, (event) => needNear(event.target), { passive: true });
}

// ---- What was typed and pressed meanwhile ----

const isTyped = () => [...document.querySelectorAll(drafts.near)].some((field) => field.value !== field.defaultValue);

// As long as nobody keeps what was typed.
function askBeforeLeaving(event) {
  if (isTyped()) event.preventDefault();
}
addEventListener("submit", ({ target, defaultPrevented }) => {
  if (!defaultPrevented && target.querySelector(drafts.near)) removeEventListener("beforeunload", askBeforeLeaving);
});

// The second press of a double click was meant for what stood there at the first. By now it may be another button: one that
// takes back what the first has done, or decides about the next thing before anybody has read it. So with a key held down.
function refuseSecond(event, isSecond) {
  const button = isSecond ? event.target.closest?.("button") : null;
  if (button?.type !== "submit" || button.form?.method !== "post") return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
addEventListener("click", (event) => refuseSecond(event, event.detail > 1), true);
addEventListener("keydown", (event) => refuseSecond(event, event.key === "Enter" && event.repeat), true);

let held = null;
let pressedAgain = null;

const isPlain = (event) => !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

addEventListener(
  "click",
  async (event) => {
    const pressed = event.target.closest?.("a, button");
    if (!pressed || pressed === pressedAgain) return;
    if (!isPlain(event)) {
      // A link into a new tab or window is the browser's; htmx would open it here.
      if (pressed.matches("a[href]")) event.stopImmediatePropagation();
      return;
    }
    // What is sent is a draft until it is saved, and who leaves comes back to what they typed.
    const isDraft = drafts.coming && pressed.type !== "button" && (pressed.form?.querySelector(drafts.near) || isTyped());
    const awaited = [pressed.closest(htmx.near) && htmx, isDraft && drafts].filter((part) => part && !part.isDone);
    if (!awaited.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // Of several the last, as if the first had been taken back.
    const isFirst = !held;
    held = pressed;
    if (!isFirst) return;
    await Promise.race([Promise.all(awaited.map(need)), patience()]);
    pressedAgain = held;
    held = null;
    pressedAgain.click();
    pressedAgain = null;
  },
  true,
);

// ---- Room for similar questions ----

// Quick ones need none: they stand there at once, and nothing jumps while one types. Where they are late it is made, before
// half a second after the last key is over (until then it is no jump, to browsers as to people), and kept, so that nothing
// is pushed away when they come; where there are none it is given back.
const ENOUGH_WORDS = 3;
const LATE = 400; // milliseconds
let lateness;

addEventListener("input", ({ target }) => {
  const panel = target.getAttribute?.("hx-target") === "#similar" && document.getElementById("similar");
  if (!panel) return;
  clearTimeout(lateness);
  if (target.value.trim().split(/\s+/).length < ENOUGH_WORDS) {
    delete panel.dataset.room;
    return;
  }
  lateness = setTimeout(async () => {
    // What was typed and taken back is not asked for again.
    if (htmx.isDone && !target.classList.contains("htmx-request")) return;
    panel.dataset.room ??= "awaited";
    await need(htmx);
    if (!window.htmx) delete panel.dataset.room;
  }, LATE);
});
for (const type of ["htmx:afterRequest", "htmx:sendError"]) {
  addEventListener(type, ({ detail: { target, xhr } }) => {
    const isReplaced = type === "htmx:afterRequest" && !xhr.status;
    if (target.id !== "similar" || isReplaced || !target.dataset.room) return;
    if (target.children.length) target.dataset.room = "kept";
    else delete target.dataset.room;
  });
}

// ---- What did not work in place ----

// Why the site refused something, it says itself. On the pages for reviews, whole pages come.
for (const type of ["htmx:sendError", "htmx:responseError"]) {
  addEventListener(type, ({ detail: { elt, target, xhr } }) => {
    const isSaid = xhr.status && (xhr.status < 500 || xhr.status === 503);
    if (isSaid || target.id === "main" || !elt.matches("form, a, button")) return;
    const notice = document.createElement("div");
    const said = document.createElement("p");
    notice.className = "notice notice-error";
    said.textContent = urls.failure;
    notice.append(said);
    document.getElementById("notices").replaceChildren(notice);
    notice.scrollIntoView({ block: "center" });
  });
}

// ---- What was changed in place ----

// Who comes back to a page may be shown it as it first came, from what the browser kept.
const marked = (isChanged) => history.replaceState({ ...history.state, isChanged }, "");
const navigation = performance.getEntriesByType("navigation")[0];

addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful && detail.requestConfig.elt.matches("form[hx-post]")) marked(true);
});
if (history.state?.isChanged) {
  marked(false);
  if (navigation?.type === "back_forward") location.reload();
}

// ---- Keys of every page; keys.js has those of the desk ----

function stored() {
  try {
    return { keysAreOff: localStorage.getItem("keys") === "off", drafts: Object.keys(localStorage).some((key) => key.startsWith("draft ")) };
  } catch {
    return {};
  }
}

addEventListener("keydown", async (event) => {
  if (event.defaultPrevented || event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  // An Arabic keyboard has its own question mark.
  if (!"/?؟".includes(event.key) || stored().keysAreOff) return;
  if (event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], dialog")) return;
  const field = document.querySelector("[role=search] [type=search]");
  if (event.key === "/" && !field) return;
  event.preventDefault();
  if (event.key === "/") {
    field.focus();
    field.select();
    return;
  }
  await fetchWords();
  (await import(urls.help)).open(urls);
});

// ---- What is needed at once ----

const wasRefused = navigation?.responseStatus >= 400;
const fields = document.querySelector(drafts.near);
if ((stored().drafts && (fields || document.querySelector(".notice-saved"))) || (fields && (wasRefused || document.querySelector("[data-sent]")))) {
  need(drafts);
}
if (window.htmx) need(htmx);
needNear(document.activeElement);
