// Show toggles and live advice for passwords, and one submission per form. The pages work without any of it.
for (const button of document.querySelectorAll("[data-shows]")) {
  const field = document.getElementById(button.dataset.shows);
  button.hidden = false;
  button.addEventListener("click", () => {
    const show = field.type === "password";
    field.type = show ? "text" : "password";
    button.textContent = show ? "Hide" : "Show";
    button.setAttribute("aria-pressed", String(show));
    field.focus();
  });
  // Password managers and the browser's history know it as a password only when it is sent as one.
  field.form.addEventListener("submit", () => field.type = "password");
}

const awkward = /[:@/\\"'%#?]/;

for (const field of document.querySelectorAll("[data-password-min]")) {
  const least = Number(field.dataset.passwordMin);
  const advice = document.getElementById(`${field.id}-advice`);
  field.addEventListener("input", () => advice.textContent = adviceOn(field.value, least));
}

function adviceOn(text, least) {
  if (!text) return "";
  const length = [...text.normalize("NFC")].length;
  if (length < least) return `${length} of at least ${least} characters`;
  const parts = [];
  if (/[^\x20-\x7e]/.test(text)) parts.push("letters beyond plain ASCII");
  if (text.includes(" ")) parts.push("spaces");
  if (awkward.test(text)) parts.push("signs such as : @ / %");
  const count = `${length} characters: long enough.`;
  return parts.length ? `${count} It holds ${parts.join(" and ")}; that is allowed, but some programs cannot send it inside an address.` : count;
}

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", () => {
    // After the browser has read the pressed button's value.
    setTimeout(() => form.querySelectorAll("button[type=submit]").forEach(button => button.disabled = true));
  });
}

// Back from the next page: the form is as it was left, buttons included.
addEventListener("pageshow", event => {
  if (event.persisted) document.querySelectorAll("button[type=submit]:disabled").forEach(button => button.disabled = false);
});
