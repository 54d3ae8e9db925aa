"""What sessions are called by their readers."""

from trainings.models import Module, ModulePage, Session

FALLBACK = "fr"


def page_for_module(module: Module | None, language: str) -> ModulePage | None:
    """The live sheet of a module in `language`, else in French; None when there is none. One query."""
    if module is None:
        return None
    pages = {
        page.locale.language_code: page
        for page in ModulePage.objects.live()
        .filter(module=module, locale__language_code__in={language, FALLBACK})
        .select_related("locale")
        .order_by("pk")
    }
    return pages.get(language) or pages.get(FALLBACK)


def session_title(session: Session, language: str) -> str:
    """The title of the module's sheet in `language`, else in French, else the working title."""
    if session.module_id is None:
        return session.name
    live = ModulePage.objects.live().filter(module=session.module_id, locale__language_code__in={language, FALLBACK}).order_by("-pk")
    titles: dict[str, str] = dict(live.values_list("locale__language_code", "title"))
    return titles.get(language) or titles.get(FALLBACK) or session.name
