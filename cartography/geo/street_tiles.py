"""An optional layer of street tiles from another server: off by default, loaded only after the reader agrees."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.csp import CSP

from core.web.middleware import set_policy


@dataclass(frozen=True, slots=True)
class TileLayer:
    """Where the pictures of streets come from, and whom to thank."""

    url: str
    attribution: str

    @property
    def host(self) -> str:
        return (urlsplit(self.url.replace("{s}", "a")).hostname or "").removeprefix("a.")


def tile_layer() -> TileLayer | None:
    """The layer of MAP_TILES_URL, or None."""
    return TileLayer(settings.MAP_TILES_URL, settings.MAP_TILES_ATTRIBUTION) if settings.MAP_TILES_URL else None


def allow_tiles(response: HttpResponse, **policy: object) -> HttpResponse:
    """Lets pictures of the tile service through the policy of this one page, when there is one."""
    layer = tile_layer()
    if layer:
        source = f"{urlsplit(layer.url).scheme}://{layer.host}"
        hosts = [source, f"{urlsplit(layer.url).scheme}://*.{layer.host}"] if "{s}" in layer.url else [source]
        policy = {"img-src": [CSP.SELF, *hosts]} | policy
    if policy:
        set_policy(response, settings.SECURE_CSP | policy)
    return response
