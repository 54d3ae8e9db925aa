"""Private names of Django, Wagtail and the standard library that our code leans on: few, listed, and still there.

Nobody promises to keep them. When one of these tests fails after an upgrade, read the release notes of that package
and the place that uses the name.
"""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGES = ("site", "home", "trainings", "publications", "newsletter", "cartography")
# Names we read or set, each with the module whose source must still hold it.
LEANED_ON = {
    "_wagtail_site": "wagtail.models.sites",
    "_wagtail_route_for_request": "wagtail.models.pages",
    "_csp_config": "django.middleware.csp",
    "_MAXLINE": "poplib",
    "_partial_connection": "django.core.mail.backends.smtp",
    "_cache": "django.core.cache.backends.redis",
}
# Methods we override.
OVERRIDDEN = {"_post_clean": "django.forms.models"}
DOCUMENTED = {"_meta", "_default_manager", "_base_manager"}


def is_private(name: object) -> bool:
    return isinstance(name, str) and name.startswith("_") and not name.startswith("__") and name not in {"_", *DOCUMENTED}


def used(tree: ast.AST) -> Iterator[str]:
    """Private names a file reads or sets, whoever wrote them."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if is_private(name):
                yield name
            case ast.Call(func=ast.Name(id="getattr" | "setattr" | "hasattr"), args=[_, ast.Constant(value=str(name)), *_]) if is_private(
                name
            ):
                yield name
            case ast.ImportFrom(names=names):
                yield from (each.name for each in names if is_private(each.name))


def defined(tree: ast.AST) -> Iterator[str]:
    """Private names that are our own: functions, variables, and what an object of ours keeps."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.Attribute(value=ast.Name(id="self" | "cls" | "request"), attr=name, ctx=ast.Store()):
                yield name
            case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Constant(value=str(name)), *_]):
                yield name


def found(root: Path) -> dict[str, set[str]]:
    """Private names of others, each with the files that use it."""
    trees = {
        path.relative_to(root).as_posix(): ast.parse(path.read_text())
        for package in PACKAGES
        for path in sorted((root / package).rglob("*.py"))
        if "migrations" not in path.parts
    }
    own = {name for tree in trees.values() for name in defined(tree)} - set(LEANED_ON)
    names: dict[str, set[str]] = {}
    for path, tree in trees.items():
        for name in used(tree):
            if name not in own:
                names.setdefault(name, set()).add(path)
    return names


def test_only_the_listed_private_names_are_leaned_on(root: Path) -> None:
    names = found(root)
    assert set(names) == set(LEANED_ON), names


@pytest.mark.parametrize(("name", "module"), (LEANED_ON | OVERRIDDEN).items())
def test_each_is_still_there(name: str, module: str) -> None:
    assert name in inspect.getsource(importlib.import_module(module))


def test_a_new_one_would_be_found() -> None:
    """The control."""
    tree = ast.parse("import poplib\npoplib._MAXLINE = 1\ngetattr(view, '_get_title_column_class')\nself._own = 2")
    assert set(used(tree)) - set(defined(tree)) == {"_MAXLINE", "_get_title_column_class"}
