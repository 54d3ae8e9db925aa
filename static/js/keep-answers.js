// The language switch leads to the same form in another language: what was typed goes along. Kept in this tab only, until the next page has read it.
// Without this file the form is empty there. Hidden fields are of their page (token, moment); they stay out.

const KEY = "smes-answers";
const form = document.querySelector("main form[method=post]");
const typed = () => [...form.elements].filter((each) => each.name && each.name !== "website" && !["hidden", "password", "file"].includes(each.type));
const isChoice = (each) => each.type === "radio" || each.type === "checkbox";

function keep() {
  const answers = typed().map((each) => [each.name, each.value, isChoice(each) ? each.checked : null]);
  sessionStorage.setItem(KEY, JSON.stringify(answers));
}

function restore(answers) {
  for (const each of typed()) {
    const mine = answers.find(([name, value]) => name === each.name && (!isChoice(each) || value === each.value));
    if (!mine) continue;
    if (isChoice(each)) each.checked = mine[2];
    else if (each.value === each.defaultValue || each.options) each.value = mine[1];
  }
}

if (form) {
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (kept) restore(JSON.parse(kept));
  for (const link of document.querySelectorAll("[data-smes-languages] a:not([aria-current])")) link.addEventListener("click", keep);
}
