// Suggests organisations of the directory while somebody types. The field takes any other name too, and works without this file.
// Bound by data-smes-suggestions, which holds the address of the suggestions.

const PAUSE = 200;

for (const field of document.querySelectorAll("[data-smes-suggestions]")) {
  const list = document.createElement("datalist");
  list.id = `${field.id}-suggestions`;
  field.after(list);
  field.setAttribute("list", list.id);
  let timer;
  let latest = "";
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const words = field.value.trim();
      if (words.length < 2 || words === latest) return;
      latest = words;
      const response = await fetch(`${field.dataset.smesSuggestions}?q=${encodeURIComponent(words)}`);
      if (!response.ok || field.value.trim() !== words) return;
      const { organisations } = await response.json();
      list.replaceChildren(...organisations.map((name) => new Option(name, name)));
    }, PAUSE);
  });
}
