// Covers the secrets in a pasted proxy setting before it is sent, and puts them back into the corrected text. They are kept nowhere
// but in this page. What is not recognised as a secret is sent: so rather too much is covered than too little.
const mask = "\u2022".repeat(5);
// Stands for a secret that would have to be encoded; the portal answers with the second form.
const raw = mask + "@" + mask;
const encoded = mask + "%40" + mask;
const endsUserinfo = /[@/?#\\^`{}|\s"'<>]|%(?![0-9a-f]{2})/i;

// Each pattern: what stands before a secret, the secret itself. A word of a shell may be put together of quoted and plain pieces.
const word = String.raw`(?:"(?:\\.|[^"\r\n])*"|'[^'\r\n]*'|\\.|[^\s"'])+`;
const flag = String.raw`(?:^|\s)(?:-U|-u|--proxy-user|--user|proxy-user|user)(?:\s*[=:]\s*|\s*)`;
const named = String.raw`[\w.:/\-$]*(?:pass(?:word|wd|phrase)?|secret|token|pwd|_auth)`;
const inUrl = /(:\/\/[^\s:"'<>]*:)([^\s"'<>]+)(?=@)/g;
const elsewhere = [
  new RegExp(`(${flag}"[^"\\r\\n:]*:)((?:\\\\.|[^"\\r\\n])+)`, "gm"),
  new RegExp(`(${flag}'[^'\\r\\n:]*:)([^'\\r\\n]+)`, "gm"),
  new RegExp(`(${flag}[^\\s:"'=]+:)(${word})`, "gm"),
  /((?:proxy-)?authorization["']?\s*[:=]\s*["']?\s*(?:basic|bearer|digest|negotiate|ntlm)\s+)([^"'\r\n]+)/gi,
  /(<(?:password|passphrase)>)([^<]+)/gi,
  /(<key>[^<]*(?:password|passphrase|secret)[^<]*<\/key>\s*<string>)([^<]+)/gi,
  /("[\w.:-]*(?:pass|secret|token|pwd|auth)[\w.:-]*"\s*[:=]\s*")((?:\\.|[^"\\\r\n])+)/gi,
  /((?:NetworkCredential|PasswordAuthentication|PSCredential)\s*\(\s*["'](?:\\.|[^"'\\\r\n])*["']\s*,\s*["'])((?:\\.|[^"'\\\r\n])+)/gi,
  /(ConvertTo-SecureString\s+(?:-String\s+)?)((?:"[^"\r\n]*"|'[^'\r\n]*'|\S+))/gi,
  // An argument ends with its word, a line of a file with the line.
  new RegExp(`((?:^|\\s)(?:-D|--?|/)${named}(?:[=:]|\\s+))(${word})`, "gim"),
  new RegExp(`((?:^|[\\s;])${named}\\s*[=:]\\s*"?)([^\\r\\n]+)`, "gim"),
  new RegExp(`((?:^|\\s)password\\s+)(${word})`, "gim"),
];
// After all of these, a URL without http:// in front.
const inBareUrl = /((?:^|[\s=("'])[^\s:@/"'=<>()]+:)(?!\/\/)([^\s"'<>]+)(?=@[\w.[-])/gm;
// Last, what has blanks or quotes in it: up to the last @ before another URL begins. A port is no secret.
const looseInUrl = /(:\/\/[^\s:"'<>]*:)(?!\d{1,5}(?:[\s"'/;,<]|$))((?:(?!:\/\/)[^\r\n])+)(?=@)/gm;

export function cover(text) {
  const found = [];
  const pass = (pattern, isInUrl) => {
    text = text.replace(pattern, (all, before, secret) => {
      if (!secret.trim() || secret.includes("\u0000")) return all;
      found.push({ secret, needs: isInUrl && endsUserinfo.test(secret) });
      return before + token(found.length - 1);
    });
  };
  pass(inUrl, true);
  elsewhere.forEach(pattern => pass(pattern, false));
  pass(inBareUrl, true);
  pass(looseInUrl, true);
  // In the order in which they stand in the text, whichever pattern found them.
  const secrets = [];
  text = text.replace(/\u0000(\d+)\u0000/g, (_, number) => {
    secrets.push(found[number]);
    return found[number].needs ? raw : mask;
  });
  return { text, secrets };
}

export function uncover(text, secrets) {
  if (!secrets.length) return text;
  const places = text.split(encoded).join(mask).split(mask).length - 1;
  const same = secrets.every(one => one.secret === secrets[0].secret);
  // Several different secrets, and lines came or went: it would be a guess which belongs where.
  if (!same && places !== secrets.length) return text;
  let next = 0;
  return text.replace(new RegExp(`${encoded}|${mask}`, "g"), place => {
    const { secret } = same ? secrets[0] : secrets[next++];
    return place === encoded ? encodeURIComponent(secret) : secret;
  });
}

function token(number) {
  return `\u0000${number}\u0000`;
}

const form = document.querySelector("[data-paste-check]");
const area = document.getElementById("pasted");
const button = form.querySelector("button[type=submit]");
const failed = document.getElementById("paste-failed");
button.disabled = false;

form.addEventListener("submit", async event => {
  event.preventDefault();
  const { text, secrets } = cover(area.value.replaceAll("\u0000", ""));
  form.querySelector("[data-masked]").value = text;
  button.disabled = true;
  try {
    const answer = await fetch(form.action || location.href, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const result = page.getElementById("paste-result");
    if (!result) throw new Error(`${answer.status}`);
    for (const part of result.querySelectorAll("[data-unmask] code"))
      part.textContent = uncover(part.textContent, secrets);
    for (const part of result.querySelectorAll("[data-unmask] [data-copy]"))
      part.dataset.copy = uncover(part.dataset.copy, secrets);
    document.getElementById("paste-result").replaceChildren(...result.childNodes);
    failed.hidden = true;
    document.getElementById("paste-result").focus();
  } catch {
    failed.hidden = false;
  } finally {
    button.disabled = false;
  }
});
