// A passkey that was not given: no key at hand, too late, or a browser without any. allauth says so to the console only.
const notice = document.querySelector("[data-smes-passkey-error]");
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  notice.hidden = false;
  notice.focus();
});
