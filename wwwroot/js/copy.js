// Copies the exact text of any [data-copy] button. In the browser and not over the circuit: the clipboard opens only within a click,
// and static pages need it too. The button shows a tick for a moment and the announcer says what happened.
import { say } from "./words.js";

const shownFor = 2000;

document.addEventListener("click", async event => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const what = button.dataset.copyName || say("Value");
  const copied = await write(button.dataset.copy, button);
  announce(copied ? say("{0} copied", what) : say("{0} could not be copied: select the text and copy it by hand", what));
  button.dataset.copied = copied ? "yes" : "no";
  setTimeout(() => delete button.dataset.copied, shownFor);
});

async function write(text, button) {
  if (navigator.clipboard && isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused by a policy: try the old way.
    }
  }
  return writeTheOldWay(text, button);
}

// Plain http on an intranet has no clipboard API. The text area stands beside the button, because a modal dialog keeps the
// focus inside itself.
function writeTheOldWay(text, button) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "pp-visually-hidden";
  area.setAttribute("aria-hidden", "true");
  button.after(area);
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
    button.focus();
  }
}

function announce(text) {
  const announcer = document.getElementById("announcer");
  if (!announcer) return;
  announcer.textContent = "";
  // The same text twice in a row is only read again when the region was empty in between.
  requestAnimationFrame(() => announcer.textContent = text);
}
