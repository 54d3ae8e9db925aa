"""One stylesheet for readers, many small ones for developers, without a bundler."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import "(?P<path>[^"]+)"(?: layer\((?P<layer>[\w.-]+)\))?;\s*$', re.MULTILINE)
URL = re.compile(r'url\("(?P<path>(?!data:|#)[^"]+)"\)')


class BundledManifestStorage(CompressedManifestStaticFilesStorage):
    """Writes each `@import "x.css" layer(y);` of css/site.css in place, then hashes and compresses as usual.

    Browsers read the same imports natively under runserver, so both ways give the same cascade.
    """

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
