// Shows the keys in a dialog: those of the page one is on, then what /keys/ says. The browser's own dialog keeps the focus
// in, closes with Escape and gives the focus back.

let dialog = null;

export async function open(urls) {
  if (dialog) return;
  dialog = document.createElement("dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const title = element("h2", gettext("Keys"));
  title.id = "keys-title";
  const close = element("button", gettext("Close"));
  close.className = "small";
  const form = element("form", close);
  form.method = "dialog";
  const head = element("div", title, form);
  head.className = "keys-head";
  dialog.append(head, ...onThisPage());
  dialog.addEventListener("close", () => {
    dialog.remove();
    dialog = null;
  });
  document.body.append(dialog);
  dialog.showModal();
  const opened = dialog;
  const list = await everywhere(urls);
  if (opened !== dialog) return;
  opened.append(...list);
  // Among it is the button that switches the keys off.
  (await import(urls.keys)).show();
}

function element(name, ...content) {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}

const SIGNS = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };

// What the buttons of this page say of themselves, once for each key.
function onThisPage() {
  const found = new Map();
  for (const button of document.querySelectorAll("[data-key], button[data-row-key]")) {
    const copy = button.cloneNode(true);
    for (const sign of copy.querySelectorAll("[aria-hidden=true]")) sign.remove();
    found.set(button.dataset.key || button.dataset.rowKey, copy.textContent.trim());
  }
  if (!found.size) return [];
  const list = element("dl");
  list.className = "key-list";
  for (const [key, name] of found) {
    list.append(element("div", element("dt", element("kbd", SIGNS[key] || key.toUpperCase())), element("dd", name)));
  }
  return [element("h3", gettext("On this page")), list];
}

async function everywhere(urls) {
  try {
    const response = await fetch(urls.keysPage);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const list = page.getElementById("keys");
    for (const heading of list.querySelectorAll("h2")) heading.replaceWith(element("h3", ...heading.childNodes));
    return [...list.childNodes];
  } catch {
    return [element("p", gettext("The other keys could not be fetched. Please try again."))];
  }
}
