// Keeps the figures of a sending fresh, and sees it begin. Without this file the page is loaded anew to see them.

const part = document.querySelector("[data-smes-sending]");
const EVERY = 2000;

async function look() {
  const response = await fetch(part.dataset.smesSending, { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const now = await response.json();
  // Another status has another page.
  if (now.status !== part.dataset.status) return location.reload();
  if (!part.querySelector("progress")) return; // it has not begun yet
  part.querySelector("[data-smes-done]").textContent = now.done;
  part.querySelector("[data-smes-total]").textContent = now.total;
  part.querySelector("[data-smes-left]").textContent = now.left;
  part.querySelector("progress").value = now.share;
  for (const cell of part.querySelectorAll("[data-smes-count]")) cell.textContent = now.counts[cell.dataset.smesCount];
  for (const bar of part.querySelectorAll("rect")) bar.setAttribute("width", `${now.shares[bar.dataset.status]}%`);
  // What became of a mail for the first time needs a line of its own.
  const isNew = Object.entries(now.counts).some(([status, count]) => count && !part.querySelector(`[data-smes-count="${status}"]`));
  if (isNew) location.reload();
}

if (part) {
  setInterval(() => {
    if (!document.hidden) look().catch(() => {}); // the next look may succeed
  }, EVERY);
}
