"""Bundles the style sheets for production without a bundler, and serves Leaflet from its package."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder, get_finders
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import "(?P<path>[^"]+)"(?: layer\((?P<layer>[\w.-]+)\))?;\s*$', re.MULTILINE)
URL = re.compile(r'url\("(?P<path>(?!data:|#)[^"]+)"\)')


class BundledManifestStorage(CompressedManifestStaticFilesStorage):
    """Writes each `@import "x.css" layer(y);` of css/site.css in place, then hashes and compresses as usual.

    Browsers read the same imports natively under runserver, so both ways give the same cascade.
    """

    support_js_module_import_aggregation = True  # a module that imports another names its hashed file
    bundles = ("css/site.css", "css/admin.css")

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        for bundle in self.bundles:
            if bundle in paths and not dry_run:
                # From its source: the file collected earlier is already the bundle, with the parts as they were then.
                source, name = paths[bundle]
                with source.open(name) as file:
                    text = self._inlined(bundle, file.read().decode())
                self.delete(bundle)
                self._save(bundle, ContentFile(text.encode()))
                paths[bundle] = (self, bundle)
        yield from super().post_process(paths, dry_run, **options)

    def _inlined(self, bundle: str, text: str) -> str:
        folder = PurePosixPath(bundle).parent

        def read(match: re.Match[str]) -> str:
            part = folder / match["path"]
            with self.open(str(part)) as file:
                css = file.read().decode()
            # Paths in the part are relative to its own folder; the bundle lies higher up.
            css = URL.sub(lambda url: f'url("{PurePosixPath(match["path"]).parent / url["path"]}")', css)
            return f"@layer {match['layer']} {{\n{css}\n}}\n" if match["layer"] else css

        return IMPORT.sub(read, text)


class LeafletFinder(BaseFinder):
    """The few files of Leaflet a page needs, as `leaflet/…`, straight from the package. As an app it would bring its sources too."""

    package = "js_lib_leaflet"
    wanted = ("leaflet.js", "leaflet.js.map", "leaflet.css", "images/layers.png", "images/layers-2x.png", "images/marker-icon.png")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        spec = find_spec(self.package)
        folder = Path(str(spec.origin if spec else "")).parent / "static" / self.package
        self.storage = FileSystemStorage(location=folder)
        setattr(self.storage, "prefix", "leaflet")  # noqa: B010 (where collectstatic looks for it)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        name = path.removeprefix("leaflet/")
        found = self.storage.path(name) if path.startswith("leaflet/") and name in self.wanted else None
        return ([found] if found else []) if find_all else found or []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        return ((name, self.storage) for name in self.wanted)


def fingerprint_of_sources() -> str:
    """Differs when a style, a script or an image of an app or a package was added, changed or taken away (name, size, moment)."""
    digest = sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
