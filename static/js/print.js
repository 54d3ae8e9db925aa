// On paper nothing can be opened: what is folded is printed open, and folded again afterwards. (Browsers with ::details-content need no script.)
const folded = () => document.querySelectorAll("[data-smes-print] details:not([open])");
let opened = [];

addEventListener("beforeprint", () => {
  opened = [...folded()];
  for (const each of opened) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of opened) each.open = false;
});
