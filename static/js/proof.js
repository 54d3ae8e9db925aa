// Proof of work (ALTCHA, PBKDF2): a form that came back because many came from its network. The browser looks for the answer and sends the form.
// Without this file, or where the browser has no WebCrypto, the summary above the form says from when on it may be sent again.

const field = document.querySelector("[data-smes-challenge]");
const notice = document.querySelector("[data-smes-proof]");

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

// The key of one try. WebCrypto works on a thread of its own: the page stays quick.
async function derive({ nonce, salt, cost, keyLength }, counter) {
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  new DataView(password.buffer).setUint32(nonce.length, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  return hex(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: cost }, key, keyLength * 8));
}

async function solve(challenge) {
  const told = challenge.parameters;
  const parameters = { ...told, nonce: bytes(told.nonce), salt: bytes(told.salt) };
  for (let counter = 0; ; counter += 1) {
    const derivedKey = await derive(parameters, counter);
    if (derivedKey.startsWith(told.keyPrefix)) return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
  }
}

// By itself where it is clear what the press meant: one button, no file to be chosen anew.
function isPlain(form) {
  return form.querySelectorAll("button:not([type=button]), input[type=submit]").length === 1 && !form.querySelector("[type=file]");
}

async function prove() {
  const summary = document.querySelector("[data-smes-error-summary]");
  if (summary) summary.hidden = true;
  notice.hidden = false;
  notice.focus();
  field.value = await solve(JSON.parse(field.dataset.smesChallenge));
  if (isPlain(field.form)) return field.form.requestSubmit();
  notice.querySelector("[data-smes-proof-working]").hidden = true;
  notice.querySelector("[data-smes-proof-press]").hidden = false;
  return undefined;
}

if (field && window.crypto?.subtle) prove();
