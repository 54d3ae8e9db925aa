// Enter leads to the next field, after the last one to the button. Without this file Enter sends the form, and Tab leads on.

const form = document.querySelector("[data-smes-enter-next]");

if (form) {
  const stops = [...form.querySelectorAll('input:not([type="hidden"]), button[type="submit"]')];
  const fields = stops.filter((each) => each.matches("input"));
  (fields.find((each) => each.ariaInvalid === "true") ?? fields.find((each) => !each.value) ?? fields[0])?.focus();
  form.addEventListener("keydown", (event) => {
    const place = stops.indexOf(event.target);
    if (event.key !== "Enter" || !event.target.matches("input") || place < 0) return;
    event.preventDefault();
    stops[place + 1].focus();
    stops[place + 1].select?.();
  });
}
