// Keeps what is being typed in this browser, and brings it back when the page is opened again: after a crash, a closed
// tab, or a session that had ended. A draft goes once the site says that the text is saved, or after thirty days.

const PREFIX = "draft ";
const DAYS = 30;
const SENT = "drafts sent";

// ---- What is kept; a browser that keeps nothing must not break the page ----

function read(storage, key) {
  try {
    return JSON.parse(window[storage].getItem(key));
  } catch {
    return null;
  }
}

function write(storage, key, value) {
  try {
    if (value === null) window[storage].removeItem(key);
    else window[storage].setItem(key, JSON.stringify(value));
  } catch {
    // Full, or not allowed here.
  }
}

function forgetOld() {
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(PREFIX)) continue;
      const age = Date.now() - (read("localStorage", key)?.time || 0);
      if (!(age < DAYS * 86_400_000)) localStorage.removeItem(key);
    }
  } catch {
    // As above.
  }
}

// ---- One field ----

// The address that the form is sent to: the same for the form on the question's page and on its own. Who shares a
// browser does not read what another member was writing; what nobody signed in has written is for who signs in next.
// Where the address tells the language, a draft is the same in all of them.
const language = `/${document.documentElement.lang}/`;
const reader = document.body.dataset.reader || "";
function keyOf(field, whose = reader) {
  const action = field.form?.getAttribute("action") || location.pathname;
  const { pathname } = new URL(action, location.href);
  const path = pathname.startsWith(language) ? pathname.slice(language.length - 1) : pathname;
  return `${PREFIX}${whose} ${path} ${field.name}`;
}
const draftOf = (field) => read("localStorage", keyOf(field)) || read("localStorage", keyOf(field, ""));

// What the text was based on, as the server compares it; a draft carries its own along, so that nobody's is overwritten.
const baseOf = (field) => field.form?.querySelector("input[type=hidden][name=revision], input[type=hidden][name=version]");

const fields = new Map(); // of field to what its drafts are about

function keep(field) {
  const state = fields.get(field);
  clearTimeout(state.timer);
  state.timer = null;
  const text = field.value;
  if (text === field.defaultValue && !state.answered) return drop(field);
  write("localStorage", state.key, { text, time: Date.now(), base: state.base });
}

function drop(field) {
  for (const key of [keyOf(field), keyOf(field, "")]) write("localStorage", key, null);
}

function typed(event) {
  const state = fields.get(event.target);
  if (!state) return;
  clearTimeout(state.timer);
  state.timer = setTimeout(keep, 400, event.target);
}

function keepAll() {
  for (const [field, state] of fields) if (state.timer && field.isConnected) keep(field);
}

function begin(field) {
  const base = baseOf(field);
  const key = keyOf(field);
  // A form that came back with what was sent: that is newer than any draft.
  const answered = "sent" in field.dataset || performance.getEntriesByType("navigation")[0]?.responseStatus >= 400;
  const served = base?.value ?? null;
  const state = { key, timer: null, answered, base: served, served };
  fields.set(field, state);
  field.addEventListener("input", typed);
  const draft = draftOf(field);
  // What was typed before this script was there.
  const meanwhile = field.value === field.defaultValue ? "" : field.value;
  if (answered) return keep(field);
  if (typeof draft?.text !== "string") return meanwhile && keep(field);
  if (draft.text === field.value) return;
  if (meanwhile.startsWith(draft.text) || (!base && cameAlong(field.form))) return meanwhile && keep(field);
  const isOld = base ? draft.base !== base.value : false;
  if (base && draft.base !== null) state.base = base.value = draft.base;
  put(field, draft.text.includes(meanwhile) ? draft.text : [draft.text, meanwhile].join(field.matches("textarea") ? "\n\n" : " "));
  if (meanwhile) keep(field);
  tell(field, draft.time, { isOld, meanwhile });
}

// Whether the page brought words along that are no draft, such as those typed on the home page a moment ago. Then the
// draft is about something else.
function cameAlong(form) {
  return [...(form?.querySelectorAll("[data-draft]") || [])].some(
    (field) => field.defaultValue && draftOf(field)?.text !== field.defaultValue,
  );
}

function put(field, text) {
  field.value = text;
  const folded = field.closest("details");
  if (folded && text) folded.open = true;
  // For the panels that follow the typing. A draft that only comes back does not become younger.
  field.dispatchEvent(new Event("input", { bubbles: true }));
  clearTimeout(fields.get(field).timer);
  fields.get(field).timer = null;
}

function tell(field, time, { isOld, meanwhile }) {
  const moment = new Date(time);
  const isToday = moment.toDateString() === new Date().toDateString();
  const day = isToday ? {} : { day: "numeric", month: "long" };
  const when = moment.toLocaleString(document.documentElement.lang || [], { ...day, hour: "numeric", minute: "2-digit" });
  const said = [gettext("Your draft of %(when)s is back.").replace("%(when)s", () => when)];
  if (isOld) said.push(gettext("The text was changed since then; when you save, you will see both."));
  const notice = document.createElement("div");
  notice.className = "draft";
  notice.setAttribute("role", "status");
  const words = document.createElement("span");
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "small";
  discard.textContent = gettext("Discard it");
  discard.addEventListener("click", () => {
    const state = fields.get(field);
    const base = baseOf(field);
    if (base) base.value = state.served;
    state.base = state.served;
    put(field, meanwhile || field.defaultValue);
    keep(field);
    notice.remove();
    field.focus();
  });
  // Above the toolbar, where reading begins. A screen reader says only what comes into a region that is there already.
  const toolbar = field.previousElementSibling?.matches(".toolbar") ? field.previousElementSibling : field;
  (field.closest(".row") || toolbar).before(notice);
  setTimeout(() => {
    words.textContent = said.join(" ");
    notice.append(words, " ", discard);
  }, 100);
}

// ---- The page ----

function beginAll() {
  for (const field of document.querySelectorAll("[data-draft]")) {
    if (!fields.has(field) && field.name) begin(field);
  }
}

forgetOld();
if (document.querySelector(".notice-saved")) for (const key of read("sessionStorage", SENT) || []) write("localStorage", key, null);

addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.submitter?.formTarget === "_blank" || event.target.method !== "post") return;
  for (const [field] of fields) if (field.form === event.target && field.value !== field.defaultValue) keep(field);
  const sent = [...fields.keys()].filter((field) => field.form === event.target);
  write("sessionStorage", SENT, sent.flatMap((field) => [keyOf(field), keyOf(field, "")]));
});
// Who leaves a text as it is does not want to find the draft there the next time.
addEventListener("click", (event) => {
  if (!event.target.closest("[data-discard]")) return;
  for (const field of fields.keys()) {
    clearTimeout(fields.get(field).timer);
    fields.delete(field);
    drop(field);
  }
});
addEventListener("pagehide", keepAll);
addEventListener("visibilitychange", keepAll);
addEventListener("htmx:load", beginAll);
beginAll();
