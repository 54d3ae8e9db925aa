// The menu opens and closes without script; this only closes an open list on Escape or when the reader goes elsewhere.
const menu = document.querySelector("[data-smes-menu]");

const close = (except) => {
  for (const list of menu.querySelectorAll("details[open]")) if (list !== except) list.open = false;
};
const isRow = () => getComputedStyle(menu.querySelector("summary")).position === "relative";

if (menu?.querySelector("details")) {
  document.addEventListener("click", (event) => isRow() && close(event.target.closest("[data-smes-menu] details")));
  menu.addEventListener("focusout", (event) => isRow() && event.relatedTarget && close(event.relatedTarget.closest("details")));
  menu.addEventListener("keydown", (event) => {
    const list = event.target.closest("details[open]");
    if (event.key !== "Escape" || !list) return;
    event.preventDefault();
    list.open = false;
    list.querySelector("summary").focus();
  });
}
