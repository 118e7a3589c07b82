import { say } from "./words.js";

// Mails tell times by the clock of their reader; at sign-in the portal learns which that is.
const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone ?? "");
document.cookie = `pp-zone=${zone}; Path=/; Max-Age=86400; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`;

// Show toggles and live advice for passwords, and one submission per form. The pages work without any of it.
for (const button of document.querySelectorAll("[data-shows]")) {
  const field = document.getElementById(button.dataset.shows);
  button.hidden = false;
  button.addEventListener("click", () => {
    const show = field.type === "password";
    field.type = show ? "text" : "password";
    button.textContent = show ? say("Hide") : say("Show");
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
  let waiting;
  field.addEventListener("input", () => {
    advice.textContent = adviceOn(field.value, least);
    clearTimeout(waiting);
    if (lengthOf(field.value) >= least) waiting = setTimeout(() => askAbout(field, advice), 400);
  });
}

// Whether everyone would guess it: the portal knows the list, and will decide in the end.
async function askAbout(field, advice) {
  const { value, form } = field;
  const response = await fetch(field.dataset.passwordAdvice, {
    method: "POST",
    headers: { RequestVerificationToken: form.elements.__RequestVerificationToken.value },
    body: new URLSearchParams({ password: value, userId: form.elements.userId?.value ?? "" }),
  }).catch(() => null);
  // Without an answer the form says it when it is sent.
  const refusal = response?.ok && (await response.json()).refusal;
  if (refusal && field.value === value) advice.textContent = refusal;
}

const lengthOf = text => [...text.normalize("NFC")].length;

function adviceOn(text, least) {
  if (!text) return "";
  const length = lengthOf(text);
  if (length < least) return say("{0} of at least {1} characters", length, least);
  const parts = [];
  if (/[^\x20-\x7e]/.test(text)) parts.push(say("letters beyond plain ASCII"));
  if (text.includes(" ")) parts.push(say("spaces"));
  if (awkward.test(text)) parts.push(say("signs such as : @ / %"));
  const count = say("{0} characters: long enough.", length);
  return parts.length ? `${count} ${say("It holds {0}; that is allowed, but some programs cannot send it inside an address.", parts.join(", "))}` : count;
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

// These pages know the browser's zone only here.
for (const time of document.querySelectorAll("time.pp-time"))
  time.textContent = new Date(time.dateTime).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
