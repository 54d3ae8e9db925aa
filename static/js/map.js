// The map in the browser: our own basemap, clusters with words, keyboard and focus. The list says the same, so nothing depends on this file.
// Bound by data-smes-map. Leaflet, basemap and points are fetched once the page is readable and the map is in sight.

import { fetchJson, fetchLeaflet, fetchPoints } from "./map_load.js";
import { PlaceMap } from "./map_view.js";

function query(page) {
  return page.querySelector(".place-map .belgium")?.dataset.query ?? "";
}

async function start(box) {
  const asked = query(document);
  // All at once: a map with 2,000 places waits for the slowest of the three, not for their sum.
  const [L, basemap, points] = await Promise.all([fetchLeaflet(box), fetchJson(box.dataset.basemap), fetchPoints(box, asked)]);
  const map = new PlaceMap(box, L, basemap);
  map.show(points, { fit: asked.length > 1 });
  let latest = 0;
  document.addEventListener("smes:list", async ({ detail }) => {
    const mine = ++latest;
    const found = await fetchPoints(box, query(detail));
    if (mine === latest) map.show(found, { fit: true }); // else a later choice is under way
  });
}

const box = document.querySelector("[data-smes-map]");
if (box) {
  const whenSeen = new IntersectionObserver((entries, observer) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    // A failure leaves the drawing of the server where it is.
    const begin = () => start(box).catch((error) => console.warn("map:", error));
    document.readyState === "complete" ? begin() : addEventListener("load", begin, { once: true });
  }, { rootMargin: "200px" });
  whenSeen.observe(box);
}
