// A pin for one place or for several, and the list it opens. The words come from the data attributes of the map's element.

function looksOf({ x: isExact, c: isToConfirm }) {
  return `${isExact ? "" : " map-pin--vague"}${isToConfirm ? " map-pin--unsure" : ""}`;
}

export function drawPin(L, group, words, act) {
  const [first] = group.points;
  const count = group.points.length;
  const isOne = count === 1;
  const size = isOne ? 24 : Math.min(30 + Math.sqrt(count) * 4, 60);
  const icon = L.divIcon({ className: `map-pin${isOne ? looksOf(first) : ""}`, html: "", iconSize: [size, size] });
  const pin = L.marker([group.lat, group.lon], { icon, riseOnHover: true });
  const label = isOne ? `${first.n}, ${first.m}` : (group.isOneSpot ? words.list : words.many).replace("%n", count);
  pin.on("add", () => {
    const element = pin.getElement();
    element.setAttribute("aria-label", isOne ? label : `${label}: ${group.points.slice(0, 2).map(({ n }) => n).join(", ")}…`);
    element.textContent = isOne ? "" : count;
  });
  pin.on("click", act);
  pin.on("keypress", ({ originalEvent }) => {
    if (originalEvent.key === "Enter" || originalEvent.key === " ") { originalEvent.preventDefault(); act(); }
  });
  pin.group = group;
  return pin;
}

function listOf(points, words) {
  const list = document.createElement("ul");
  for (const point of points) {
    const item = list.appendChild(document.createElement("li"));
    const link = item.appendChild(document.createElement("a"));
    link.href = point.u;
    link.textContent = point.n;
    if (words.newWindow) { link.target = "_blank"; link.rel = "noopener"; }
    const where = item.appendChild(document.createElement("p"));
    const marks = [point.m, point.s, point.c ? words.unsure : "", point.e ? words.example : ""];
    where.textContent = marks.filter(Boolean).join(" · ");
  }
  return list;
}

export function openPopup(L, map, group, words) {
  const content = document.createElement("div");
  const list = content.appendChild(listOf(group.points, words));
  const popup = L.popup({ maxWidth: 280, minWidth: 180, autoPanPadding: [30, 60], closeButton: true });
  popup.setLatLng([group.lat, group.lon]).setContent(content).openOn(map);
  const element = popup.getElement();
  element.setAttribute("role", "dialog");
  element.setAttribute("aria-label", group.points.length === 1 ? group.points[0].n : words.list.replace("%n", group.points.length));
  element.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", words.close);
  list.querySelector("a").focus({ preventScroll: true });
}
