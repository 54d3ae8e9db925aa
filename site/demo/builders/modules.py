"""The fifty modules and their sheets in three languages."""

from typing import Any

from core.models import Theme
from demo.builders.bodies import rich_list
from demo.builders.translation import translate
from demo.reading import sheets, texts_in
from trainings.models import CataloguePage, Module, ModulePage

LISTS = ("audience", "outcomes", "prerequisites", "contents")


def build_modules(catalogue: CataloguePage) -> dict[int, Module]:
    """Creates what is missing below `catalogue` (the French one). Shape: {number: Module}."""
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    modules: dict[int, Module] = {}
    content = sheets("modules")
    for sheet in content:
        module = modules[sheet["number"]] = Module.objects.create(
            number=sheet["number"],
            name=sheet["title"]["fr"],
            theme=themes[sheet["theme"]],
            # Of a theme the annual report names, no module is known: its sheet is made up like the rest.
            is_example=sheet["status"] != "real",
            is_accredited=bool(sheet.get("accreditation")),
            **{name: sheet[name] for name in ("programme", "format", "delivery", "days", "group_min", "group_max", "price", "languages")},
        )
        _plant(catalogue, module, sheet)
    for sheet in content:
        modules[sheet["number"]].related.set([modules[number] for number in sheet["related"] if number in modules])
    return modules


def _plant(catalogue: CataloguePage, module: Module, sheet: dict[str, Any]) -> None:
    page = ModulePage(
        title=sheet["title"]["fr"],
        slug=sheet["slug"]["fr"],
        intro=sheet["summary"]["fr"],
        search_description=sheet["summary"]["fr"],
        locale=catalogue.locale,
        module=module,
        method=sheet["method"]["fr"],
        practical=sheet["practical"]["fr"],
        **{name: rich_list([item["fr"] for item in sheet[name]]) for name in LISTS},
    )
    catalogue.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    translate(page, texts_in(sheet), slug=sheet["slug"])
