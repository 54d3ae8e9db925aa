// The point of a place on our own map, in the back-office: a click sets the two numbers, arrow keys move it. The numbers work alone too.
// Bound by data-smes-point, beside the fields lat and lon.

import { corners, fetchJson, fetchLeaflet, outlines } from "./map_load.js";

const STEP = 0.0005; // degrees, about fifty metres

async function start(box) {
  const [L, basemap] = await Promise.all([fetchLeaflet(box), fetchJson(box.dataset.basemap)]);
  const [lat, lon] = ["lat", "lon"].map((name) => document.querySelector(`[name="${name}"]`));
  const frame = box.querySelector(".point-picker__map");
  const map = L.map(frame, { attributionControl: false, scrollWheelZoom: false, keyboard: false, maxZoom: 17, minZoom: 6 });
  map.fitBounds(corners(basemap.bbox));
  L.geoJSON(outlines(basemap), { interactive: false, style: () => ({ className: "map-land", weight: 1 }) }).addTo(map);
  const pin = L.marker(map.getCenter(), { icon: L.divIcon({ className: "map-pin", iconSize: [20, 20] }), keyboard: false });

  const read = () => {
    const point = [lat.value, lon.value].map((text) => Number.parseFloat(text.replace(",", ".")));
    if (point.some(Number.isNaN)) return pin.remove();
    pin.setLatLng(point).addTo(map);
    return point;
  };
  const write = ({ lat: north, lng: east }) => {
    lat.value = north.toFixed(5);
    lon.value = east.toFixed(5);
    lat.dispatchEvent(new Event("change", { bubbles: true }));
    read();
  };
  map.on("click", ({ latlng }) => write(latlng));
  for (const field of [lat, lon]) field.addEventListener("input", read);
  frame.addEventListener("keydown", (event) => {
    const moves = { ArrowUp: [STEP, 0], ArrowDown: [-STEP, 0], ArrowLeft: [0, -STEP], ArrowRight: [0, STEP] };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const from = map.hasLayer(pin) ? pin.getLatLng() : map.getCenter();
    write({ lat: from.lat + move[0], lng: from.lng + move[1] });
  });
  const known = read();
  if (Array.isArray(known)) map.setView(known, 12);
}

for (const box of document.querySelectorAll("[data-smes-point]")) start(box).catch((error) => console.warn("point:", error));
