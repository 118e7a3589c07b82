// Runs a passkey ceremony for form[data-passkey] and submits what the device answered.
import { say } from "./words.js";

const supported = typeof PublicKeyCredential !== "undefined"
  && typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function"
  && typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function";

let underWay;

for (const form of supported ? document.querySelectorAll("form[data-passkey]") : []) {
  const start = form.querySelector("[data-passkey-start]");
  form.hidden = start.hidden = false;
  start.addEventListener("click", () => run(form));
}

if (supported) offerInField();

async function run(form, mediation) {
  underWay?.abort();
  const { signal } = underWay = new AbortController();
  const problem = form.querySelector(".pp-passkey-problem");
  problem.hidden = true;
  // Where a passkey takes the place of a field, that one is neither asked for nor sent.
  const instead = form.elements[form.querySelector("[data-passkey-start]").dataset.passkeyInstead];
  if (instead) instead.disabled = true;
  try {
    if (!form.reportValidity()) {
      if (instead) instead.disabled = false;
      return;
    }
    const options = await fetchOptions(form, signal);
    const credential = form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options), signal })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), mediation, signal });
    form.elements.credential.value = JSON.stringify(credential);
    form.requestSubmit();
  } catch (error) {
    if (instead) instead.disabled = false;
    if (error.name === "AbortError" || mediation) return;
    problem.textContent = error.detail
      ? error.detail
      : error.name === "NotAllowedError" ? say("No passkey was used. Try again when you are ready.")
      : error.name === "InvalidStateError" ? say("This device already holds a passkey for your account.")
      : say("The passkey could not be used here. It works only under the portal's own https address.");
    problem.hidden = false;
  }
}

async function fetchOptions(form, signal) {
  const response = await fetch(form.dataset.options, {
    method: "POST",
    headers: { RequestVerificationToken: form.elements.__RequestVerificationToken.value },
    // Only the set-up form says whom the passkey is for; everywhere else the portal knows, or must not be told.
    body: form.elements.displayName ? new URLSearchParams({ userId: form.elements.userId.value, displayName: form.elements.displayName.value }) : undefined,
    signal,
  });
  if (!response.ok) {
    const { detail } = await response.json().catch(() => ({}));
    throw Object.assign(new Error(`status ${response.status}`), { detail });
  }
  return response.json();
}

// Browsers list passkeys in the user-id field itself, without a click.
async function offerInField() {
  // A passkey that was just refused would only be offered, and refused, again.
  if (document.querySelector(".pp-refusal")) return;
  const form = document.querySelector("form[data-passkey=get]");
  if (form && document.querySelector("[autocomplete~=webauthn]") && await PublicKeyCredential.isConditionalMediationAvailable?.()) run(form, "conditional");
}
