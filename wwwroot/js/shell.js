// Keyboard shortcuts, dialogs and the drawer of the shell. Everything is found by data attributes at the moment of the event, so
// that it does not matter when the circuit draws or redraws the page.
const goPatience = 1200;
let goUntil = 0;

const open = id => {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return;
  for (const popover of document.querySelectorAll("[popover]:popover-open")) popover.hidePopover();
  for (const field of dialog.querySelectorAll("[data-palette-input]")) field.value = "";
  dialog.showModal();
};
const close = id => document.getElementById(id)?.close();

document.addEventListener("keydown", event => {
  if (event.defaultPrevented) return;
  const { key, target } = event;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key.toLowerCase() === "k") {
    event.preventDefault();
    if (!isBusy()) open("palette");
    return;
  }
  if (target.matches?.("[data-palette-input]") && (key === "ArrowUp" || key === "ArrowDown")) event.preventDefault();
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target) || isBusy()) return;

  if (Date.now() < goUntil) {
    goUntil = 0;
    const link = document.querySelector(`a[data-go="${CSS.escape(key.toLowerCase())}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
  } else if (key === "g") {
    goUntil = Date.now() + goPatience;
  } else if (key === "/") {
    const field = document.querySelector("input[data-page-search], [data-page-search] input");
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  } else if (key === "?") {
    event.preventDefault();
    open("shortcuts");
  }
});

document.addEventListener("click", event => {
  const target = event.target;
  const opener = target.closest?.("[data-opens]");
  if (opener) open(opener.dataset.opens);

  const closer = target.closest?.("[data-closes]");
  if (closer) close(closer.dataset.closes);

  // A click on the backdrop is a click on the dialog itself.
  if (target.matches?.("dialog.pp-dialog[open]")) target.close();

  if (target.closest?.("[popover] a")) {
    for (const popover of document.querySelectorAll("[popover]:popover-open")) popover.hidePopover();
  }

  const skip = target.closest?.("[data-skip-to]");
  if (skip) {
    event.preventDefault();
    document.getElementById(skip.dataset.skipTo)?.focus();
  }
});

function isTyping(target) {
  return Boolean(target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]"));
}

function isBusy() {
  return Boolean(document.querySelector("dialog[open], .mud-dialog-container"));
}

// What the circuit may call.
globalThis.portal = { close };
