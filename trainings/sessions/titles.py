"""The module page of a session, and its title in the reader's language."""

from core.pages.in_language import page_in_language, title_in_language
from trainings.models import Module, ModulePage, Session


def page_for_module(module: Module | None, language: str) -> ModulePage | None:
    """The live page of a module in `language`, else in French; None when there is none. One query."""
    return None if module is None else page_in_language(ModulePage.objects.live().filter(module=module), language)


def title_in_cycle(session: Session, language: str) -> str:
    """The working title; of a group, behind the name of its cycle: `Intersectoral intervisions 2025-2026 – North`."""
    return f"{session.cycle.name_in(language)} – {session.name}" if session.cycle else session.name


def session_title(session: Session, language: str) -> str:
    """The title of the module page in `language`, else in French, else the working title."""
    if session.module_id is None:
        return title_in_cycle(session, language)
    return title_in_language(ModulePage.objects.live().filter(module=session.module_id), language) or session.name
