"""What a publication and an edition need next: first something to offer, then readers, then the shelf."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.backoffice.next_step import Gap, NextStep
from core.backoffice.page_access import works_on_pages
from core.languages import Language
from publications.backoffice.permissions import ADD_EDITIONS, CHANGE_EDITIONS, MOVE_COPIES, PRINT_COPIES, UPLOAD_FILES
from publications.enums import EditionStatus, FileState
from publications.models import Edition, EditionFile, LibraryPage, PublicationPage, Work


def edition_step(edition: Edition, user: Any) -> NextStep | None:
    """A file, its publication, then copies and the legal deposit. `edition` carries its `stock`."""
    latest = edition.files.order_by("-number").first()
    checked = edition.files.filter(state=FileState.CHECKED).first()
    if checked is not None and user.has_perm(CHANGE_EDITIONS):
        return _action(_("Look at version %(number)s and offer it") % {"number": checked.number}, "offer_file", checked, "view")
    if edition.status == EditionStatus.DRAFT:
        if has_something(edition):
            return _action(_("Publish the edition"), "publish_edition", edition, "upload") if user.has_perm(CHANGE_EDITIONS) else None
        is_read = latest is not None and latest.state == FileState.WAITING
        return _action(_("Upload a file"), "upload_file", edition, "upload") if user.has_perm(UPLOAD_FILES) and not is_read else None
    if edition.status != EditionStatus.PUBLISHED or edition.work.is_withdrawn:
        return None
    if edition.is_orderable and _stock(edition) <= 0 and user.has_perm(PRINT_COPIES):
        return _action(_("Note a print run"), "print_copies", edition, "plus")
    is_owed = edition.deposited_on is None and Edition.objects.printed().filter(pk=edition.pk).exists()
    return _action(_("Note the legal deposit"), "deposit_copies", edition, "check") if is_owed and user.has_perm(MOVE_COPIES) else None


def edition_gaps(edition: Edition) -> list[Gap]:
    """What stands between an edition and its readers, what blocks first."""
    if edition.status == EditionStatus.WITHDRAWN:
        return []
    if edition.work.is_withdrawn:
        return [Gap(text=_("The publication is withdrawn: nobody can have any of its editions."), url=_work_url(edition.work))]
    gaps = [] if has_something(edition) else [_nothing_to_offer(edition.files.order_by("-number").first())]
    if Edition.objects.with_open_page().filter(pk=edition.pk).exists():
        gaps += [_no_page(edition.work, code) for code in _without_page(edition.work, edition.languages)]
    else:
        gaps.append(Gap(text=_("The publication has no public page: nobody can see this edition."), url=_work_url(edition.work)))
    if edition.status == EditionStatus.PUBLISHED and edition.is_orderable and _stock(edition) <= 0:
        gaps.append(Gap(text=_("It is offered on paper, and no copy is left: who orders one waits.")))
    return gaps


def is_seen(edition: Edition) -> bool:
    """Whether readers can have it now: what the site does is asked, not what the status says."""
    return Edition.objects.reachable().filter(pk=edition.pk).exists()


def has_something(edition: Edition) -> bool:
    """Whether the service that publishes finds something to offer."""
    return edition.current_file_id is not None or edition.is_orderable


def work_step(work: Work, user: Any) -> NextStep | None:
    """An edition, its publication, then a page for readers."""
    if work.is_withdrawn:
        return None
    editions = list(work.editions.order_by("pk"))
    if not editions:
        url = f"{reverse('publications_editions:add')}?work={work.pk}"
        return NextStep(label=_("Add an edition"), url=url, icon="plus") if user.has_perm(ADD_EDITIONS) else None
    draft = next((each for each in editions if each.status == EditionStatus.DRAFT), None)
    if draft is not None and user.has_perm(CHANGE_EDITIONS):
        label = _("Go on with the edition “%(title)s”") % {"title": draft.title}
        return NextStep(label=label, url=reverse("publications_editions:inspect", args=[draft.pk]), icon="download")
    missing = _without_page(work, _languages(editions))
    if missing and works_on_pages(user) and (url := _page_url(work, missing[0])):
        return NextStep(label=_("Write its page"), url=url, icon="edit")
    return None


def work_gaps(work: Work) -> list[Gap]:
    """What readers would miss."""
    if work.is_withdrawn:
        return []
    gaps = [] if work.authors.exists() else [Gap(text=_("No author is named."), url=f"{_form_url(work)}#id_authors-FORMS")]
    return gaps + [_no_page(work, code) for code in _without_page(work, _languages(work.editions.all()))]


def _nothing_to_offer(latest: EditionFile | None) -> Gap:
    if latest is None:
        return Gap(text=_("No file yet, and it is not offered on paper: there is nothing to publish."), is_blocking=True)
    if latest.state == FileState.WAITING:
        return Gap(text=_("A file is being checked. This takes a few seconds; load the page again."), is_blocking=True)
    return Gap(text=_("The latest file cannot be used: upload a better one."), is_blocking=True)


def _without_page(work: Work, languages: list[str]) -> list[str]:
    live = set(PublicationPage.objects.live().filter(work=work).values_list("locale__language_code", flat=True))
    return [code for code in languages if code not in live]


def _no_page(work: Work, code: str) -> Gap:
    text = _("No published page in this language: %(language)s. Readers would not find it in the library.")
    return Gap(text=text % {"language": Language(code).label}, url=_page_url(work, code))


def _page_url(work: Work, code: str) -> str:
    """The draft of the page, or the form of a new one below the library; French is written first and translated."""
    pages = {page.locale.language_code: page.pk for page in PublicationPage.objects.filter(work=work).select_related("locale")}
    if found := pages.get(code) or pages.get(Language.FR):
        return reverse("wagtailadmin_pages:edit", args=[found])
    library = LibraryPage.objects.filter(locale__language_code=Language.FR).first()
    return reverse("wagtailadmin_pages:add", args=["publications", "publicationpage", library.pk]) if library else ""


def _languages(editions: Any) -> list[str]:
    return list(dict.fromkeys(code for edition in editions for code in edition.languages))


def _stock(edition: Any) -> int:
    stock: int = edition.stock
    return stock


def _form_url(work: Work) -> str:
    return reverse("publications_works:edit", args=[work.pk])


def _work_url(work: Work) -> str:
    return reverse("publications_works:inspect", args=[work.pk])


def _action(label: str, name: str, row: Edition | EditionFile, icon: str) -> NextStep:
    return NextStep(label=label, url=reverse(f"publications_backoffice:{name}", args=[row.pk]), icon=icon)
