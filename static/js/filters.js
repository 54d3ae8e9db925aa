// A list without a reload: a choice fetches the page of its address and takes over count, chips, cards and counts of facets.
// Without this file the form works by its button. Bound by data-smes-filters; parts to take over carry data-smes-part.

const form = document.querySelector("[data-smes-filters]");
const panel = form?.querySelector("[popover]");
let latest = 0;

function address() {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  return `${form.getAttribute("action")}?${query}`;
}

// With script each choice is counted at once, so the button says what waits behind it.
function showCount(page) {
  const words = page.querySelector("[data-smes-apply]")?.dataset.smesApply;
  if (words) form.querySelector("[data-smes-apply]").textContent = words;
}

function takeOver(page) {
  const focused = document.activeElement?.id;
  for (const part of document.querySelectorAll("[data-smes-part]")) {
    const fresh = page.querySelector(`[data-smes-part="${part.dataset.smesPart}"]`);
    if (fresh) part.innerHTML = fresh.innerHTML;
  }
  for (const link of document.querySelectorAll("a[hreflang]")) {
    const fresh = page.querySelector(`a[hreflang="${link.hreflang}"]`);
    if (fresh) link.setAttribute("href", fresh.getAttribute("href"));
  }
  showCount(page);
  const words = page.querySelector("[data-smes-filters] [name=q]");
  if (words && focused !== words.id) form.elements.q.value = words.value;
  document.title = page.title;
  document.dispatchEvent(new CustomEvent("smes:list", { detail: page })); // for what is drawn beside the list
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

async function show(url, { keep = true } = {}) {
  const mine = ++latest;
  try {
    const response = await fetch(url, { headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (mine !== latest) return; // a later choice is under way
    if (keep) history.pushState({}, "", url);
    takeOver(page);
  } catch {
    location.assign(url);
  }
}

if (form) {
  showCount(document);
  form.addEventListener("change", (event) => {
    if (event.target.type === "checkbox") show(address());
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await show(address());
    const wasSheet = panel?.matches(":popover-open");
    if (wasSheet) panel.hidePopover();
    const results = document.getElementById("results");
    results.focus({ preventScroll: true });
    results.scrollIntoView({ block: wasSheet ? "start" : "nearest" });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".chip, .sort a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(link.href).then(() => document.getElementById("results").focus({ preventScroll: true }));
  });
  addEventListener("popstate", () => show(location.href, { keep: false }));
}
