// A map in its element: land, names, pins that join where they crowd, moves by button and keyboard, focus.

import { clusters } from "./clusters.js";
import { corners, outlines } from "./map_load.js";
import { drawPin, openPopup } from "./map_pins.js";

const NAMES_FROM = { city: 8.5, commune: 11 }; // zoom from which they are named
const STEP = 120; // pixels a move button goes

export class PlaceMap {
  constructor(box, L, basemap) {
    Object.assign(this, { box, L, shown: new Map(), opener: null, country: corners(basemap.bbox), capital: corners(basemap.capital) });
    this.canvas = box.querySelector(".place-map__canvas");
    this.canvas.hidden = false;
    box.querySelector(".place-map__drawing").hidden = true;
    for (const tools of box.querySelectorAll(".place-map__tools, .place-map__jumps")) tools.hidden = false;
    const isTouch = matchMedia("(pointer: coarse)").matches;
    this.map = L.map(this.canvas, {
      zoomControl: false, attributionControl: false, minZoom: 6, maxZoom: 17, zoomSnap: 0.25,
      scrollWheelZoom: false, // the page scrolls; the buttons zoom
      dragging: !isTouch, // one finger scrolls the page, two move the map
      maxBounds: L.latLngBounds(this.country).pad(0.6), closePopupOnClick: true,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    this.land(basemap);
    this.pins = L.layerGroup().addTo(this.map);
    this.map.fitBounds(this.country, { animate: false });
    this.map.on("moveend", () => this.draw()); // a zoom ends with one, too
    this.map.on("popupclose", () => this.giveFocusBack());
    this.canvas.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.map.closePopup();
    });
    box.addEventListener("click", (event) => this.move(event.target.closest("[data-smes-move]")));
  }

  land(basemap) {
    const { L, map, box } = this;
    L.geoJSON(outlines(basemap), {
      interactive: false,
      style: ({ properties }) => ({ className: `map-land map-land--${properties.layer}`, weight: 1 }),
    }).addTo(map);
    this.names = { city: L.layerGroup(), commune: L.layerGroup() };
    for (const { properties } of basemap.features) {
      if (!properties.label) continue;
      const icon = L.divIcon({ className: `map-name map-name--${properties.layer}`, html: "", iconSize: null });
      const name = L.marker([properties.label[1], properties.label[0]], { icon, interactive: false, keyboard: false });
      name.on("add", () => { name.getElement().textContent = properties[box.dataset.language]; name.getElement().ariaHidden = "true"; });
      this.names[properties.layer].addLayer(name);
    }
  }

  show(points, { fit }) {
    this.points = points;
    this.map.closePopup();
    if (fit && this.points.length) {
      const bounds = this.L.latLngBounds(this.points.map(({ lat, lon }) => [lat, lon]));
      this.map.fitBounds(bounds, { padding: [40, 40], maxZoom: 11.5, animate: false });
    }
    this.draw();
    this.box.dataset.ready = "true";
  }

  draw() {
    if (!this.points) return;
    const { L, map } = this;
    const zoom = map.getZoom();
    for (const [layer, names] of Object.entries(this.names)) zoom >= NAMES_FROM[layer] ? names.addTo(map) : names.remove();
    const seen = map.getBounds().pad(0.3);
    const groups = clusters(this.points, (point) => map.project([point.lat, point.lon], zoom)).filter(({ lat, lon }) => seen.contains([lat, lon]));
    const wanted = new Map(groups.map((group) => [`${group.points[0].id}/${group.points.length}/${group.lat.toFixed(4)}`, group]));
    for (const [key, pin] of this.shown) {
      if (wanted.has(key)) continue;
      this.pins.removeLayer(pin);
      this.shown.delete(key);
    }
    for (const [key, group] of wanted) {
      if (this.shown.has(key)) continue;
      const act = () => (group.points.length === 1 || group.isOneSpot ? this.open(group) : this.closer(group));
      this.shown.set(key, drawPin(L, group, this.box.dataset, act).addTo(this.pins));
    }
    if (this.wantsFocus) {
      const pin = this.pinOf(this.wantsFocus);
      this.wantsFocus = null;
      pin?.getElement()?.focus({ preventScroll: true });
    }
  }

  closer(group) {
    this.wantsFocus = this.canvas.contains(document.activeElement) ? group.points[0].id : null;
    const bounds = this.L.latLngBounds(group.points.map(({ lat, lon }) => [lat, lon]));
    const zoom = Math.max(this.map.getZoom() + 1.5, Math.min(this.map.getBoundsZoom(bounds, false, this.L.point(60, 60)), 16));
    this.map.setView(bounds.getCenter(), Math.min(zoom, 17));
  }

  open(group) {
    this.opener = group.points[0].id;
    openPopup(this.L, this.map, group, this.box.dataset);
  }

  pinOf(id) {
    return [...this.shown.values()].find(({ group }) => group.points.some((point) => point.id === id));
  }

  giveFocusBack() {
    const active = document.activeElement;
    if (!this.opener || (active !== document.body && !active.closest(".leaflet-popup"))) return;
    (this.pinOf(this.opener)?.getElement() ?? this.canvas).focus({ preventScroll: true });
    this.opener = null;
  }

  move(button) {
    if (!button) return;
    const { map } = this;
    const moves = {
      in: () => map.zoomIn(1), out: () => map.zoomOut(1),
      left: () => map.panBy([-STEP, 0]), right: () => map.panBy([STEP, 0]), up: () => map.panBy([0, -STEP]), down: () => map.panBy([0, STEP]),
      belgium: () => map.fitBounds(this.country), brussels: () => map.fitBounds(this.capital),
      streets: () => this.streets(button),
    };
    moves[button.dataset.smesMove]();
  }

  // Only a press on the button asks the tile service for anything; nothing is remembered.
  streets(button) {
    const { L, map, box } = this;
    this.tiles ??= L.tileLayer(box.dataset.tiles, { attribution: box.dataset.tilesBy, maxZoom: 17 });
    const isOn = map.hasLayer(this.tiles);
    isOn ? this.tiles.remove() : this.tiles.addTo(map);
    box.classList.toggle("place-map--streets", !isOn);
    button.setAttribute("aria-pressed", String(!isOn));
    if (!this.thanks) this.thanks = L.control.attribution({ prefix: false }).addTo(map);
  }
}
