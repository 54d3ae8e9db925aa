// Measures the mail again a moment after each change in the editor, through Wagtail's own preview. Without this file the size is that
// of the latest saved draft.

const gauge = document.querySelector("[data-smes-mail-size]");
const form = document.querySelector("[data-edit-form]");
const preview = document.querySelector("[data-preview]");
const PAUSE = 1500;

function show(size) {
  const { warn, stop } = gauge.dataset;
  gauge.dataset.tone = size > Number(stop) ? "stop" : size > Number(warn) ? "warn" : "good";
  gauge.querySelector("meter").value = size;
  gauge.querySelector("output").textContent = (size / 1000).toFixed(1);
}

async function measure(url) {
  const sent = await fetch(url, { method: "POST", body: new FormData(form) });
  if (!(await sent.json()).is_valid) return; // words half typed
  const mail = await fetch(`${url}?mode=mail`);
  if (mail.ok) show(new Blob([await mail.text()]).size);
}

if (gauge && form) {
  const url = gauge.dataset.preview || preview?.dataset.previewUrl;
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => measure(url).catch(() => {}), PAUSE);
  };
  if (url) ["input", "change"].forEach((name) => form.addEventListener(name, later));
}
