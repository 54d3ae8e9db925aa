// Copies the words of a field with one button. Without this file they are selected and copied by hand.

for (const button of document.querySelectorAll("[data-smes-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.smesCopy);
    field.select();
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
  });
}
