"""One stylesheet for readers out of many small ones."""

import os
import time
from pathlib import Path

import brotli
import pytest
from django.core.management import call_command
from django.test import override_settings

from config.env import ROOT
from core.web.staticfiles import IMPORT, BundledManifestStorage

pytestmark = pytest.mark.slow

FONT_BUDGET = 65_000
STYLE_BUDGET = 14_000
SCRIPT_BUDGET = 2_000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.web.staticfiles.BundledManifestStorage"},
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> BundledManifestStorage:
    """Every static file collected as on a server."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, STORAGES=STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0)
        storage = BundledManifestStorage(location=folder, base_url="/static/")
    return storage


def text_of(storage: BundledManifestStorage, name: str) -> str:
    with storage.open(storage.stored_name(name)) as file:
        return file.read().decode()


def test_the_bundle_holds_every_part_in_its_layer_and_asks_for_no_other_file(collected: BundledManifestStorage) -> None:
    css = text_of(collected, "css/site.css")
    assert "@import" not in css
    for part in IMPORT.finditer((ROOT / "static/css/site.css").read_text()):
        assert f"@layer {part['layer']} {{" in css
        written = (ROOT / "static/css" / part["path"]).read_text().split("}")[0]
        # The paths of fonts change; what stands before them does not.
        assert written.split("url(")[0] in css


def test_fonts_of_the_bundle_carry_their_hash(collected: BundledManifestStorage) -> None:
    css = text_of(collected, "css/site.css")
    font = collected.stored_name("fonts/young-serif-latin-400-normal.woff2")
    assert font.count(".") == 2
    assert f'url("../{font}")' in css
    assert collected.exists(font)


def test_collecting_twice_gives_the_same_name(collected: BundledManifestStorage) -> None:
    before = collected.stored_name("css/site.css")
    with override_settings(STATIC_ROOT=collected.location, STORAGES=STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0)
    assert BundledManifestStorage(location=collected.location, base_url="/static/").stored_name("css/site.css") == before


def test_a_changed_part_reaches_the_bundle_collected_before(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    (source / "css").mkdir(parents=True)
    (source / "css/site.css").write_text('@import "part.css" layer(base);\n')
    part = source / "css/part.css"
    finders = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    with override_settings(STATICFILES_DIRS=[source], STATICFILES_FINDERS=finders, STATIC_ROOT=target, STORAGES=STORAGES):
        for number, colour in enumerate(("red", "green")):
            part.write_text(f"a {{ color: {colour}; }}")
            os.utime(part, (time.time() + 10 * number,) * 2)
            call_command("collectstatic", interactive=False, verbosity=0)
        css = text_of(BundledManifestStorage(location=target, base_url="/static/"), "css/site.css")
    assert css == "@layer base {\na { color: green; }\n}\n"


def test_the_weights_stay_within_their_budgets(collected: BundledManifestStorage) -> None:
    fonts = sum(path.stat().st_size for path in (ROOT / "static/fonts").glob("*.woff2"))
    assert fonts <= FONT_BUDGET
    assert len(brotli.compress(text_of(collected, "css/site.css").encode())) <= STYLE_BUDGET
    for script in ("menu", "error-summary"):
        assert len((ROOT / f"static/js/{script}.js").read_bytes()) <= SCRIPT_BUDGET


def test_every_font_has_its_licence_beside_it() -> None:
    licences = " ".join(path.read_text() for path in (ROOT / "static/fonts").glob("LICENSE-*.txt"))
    assert licences.count("SIL OPEN FONT LICENSE Version 1.1") >= 2
    assert "Atkinson Hyperlegible Next" in licences
    assert "Young Serif" in licences
