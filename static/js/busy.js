// A form sent twice by a double press is sent once. Without this script the server tells the two apart.
// Bound by data-smes-busy, on the form.

const forms = document.querySelectorAll("[data-smes-busy]");

for (const form of forms) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.smesBusy) event.preventDefault();
    form.dataset.smesBusy = "sent";
  });
}
// Who comes back to the page may send again.
addEventListener("pageshow", () => forms.forEach((form) => { form.dataset.smesBusy = ""; }));
