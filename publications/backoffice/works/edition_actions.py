"""Actions on one edition: files, copies, publication."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from core import clock
from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.permissions import staff
from core.transitions import TransitionNotAllowed
from publications.backoffice.forms import DepositForm, MoveForm, PrintRunForm, UploadForm, WithdrawForm
from publications.backoffice.permissions import CHANGE_EDITIONS, MOVE_COPIES, PRINT_COPIES, UPLOAD_FILES
from publications.backoffice.refusals import orders_left_open
from publications.backoffice.works.editions import editions
from publications.enums import Refusal
from publications.files.upload import CannotWithdraw, FileRefused, upload_file, withdraw_file
from publications.models import Edition, EditionFile
from publications.orders.stock import DEPOSIT_COPIES, AlreadyDeposited, NotEnoughCopies, move_copies, record_deposit, record_print_run
from publications.works.editions import CannotPublish, publish_edition, unpublish_edition, withdraw_edition


class EditionStepView(ConfirmView):
    """Does the step, writes it in Wagtail's log, says it is done."""

    permission = CHANGE_EDITIONS
    header_icon = "download"
    done: Any = ""
    logged = ""

    @cached_property
    def edition(self) -> Edition:
        return get_object_or_404(editions(), pk=self.kwargs["pk"])

    def step(self, form: Any) -> None:
        """Calls the service."""
        raise NotImplementedError

    def act(self, form: Any) -> str:
        try:
            self.step(form)
        except TransitionNotAllowed as refusal:
            raise Refused(_("The status of this edition does not allow this step.")) from refusal
        except NotEnoughCopies as refusal:
            raise Refused(_("There are not so many copies on the shelf.")) from refusal
        log(self.edition, self.logged, user=self.request.user)
        return str(self.done)

    def get_page_subtitle(self) -> str:
        return str(self.edition)

    @property
    def back_url(self) -> str:
        return reverse("publications_editions:inspect", args=[self.edition.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("publications_editions:index"), "label": _("Editions")},
            {"url": self.back_url, "label": str(self.edition)},
            {"url": "", "label": self.get_page_title()},
        ]


class UploadFileView(EditionStepView):
    """A new version."""

    permission = UPLOAD_FILES
    action_label = gettext_lazy("Upload")
    page_title = gettext_lazy("Upload a file")
    form_class = UploadForm
    logged = "publications.upload_file"
    done = gettext_lazy("The file is here and is being checked. This takes a few seconds; load the page again.")

    def effects(self) -> list[str]:
        first = _("The file is checked first: damaged, protected or scripted files are refused, and nothing changes.")
        if not self.edition.current_file_id:
            return [first]
        return [first, _("A good file replaces the current version. The address stays the same; earlier versions keep theirs.")]

    def step(self, form: Any) -> None:
        try:
            upload_file(edition=self.edition, upload=form.cleaned_data["file"], now=clock.now(), by=staff(self.request))
        except FileRefused as refusal:
            raise Refused(str(Refusal(refusal.reason).label)) from refusal


class PublishEditionView(EditionStepView):
    """Readers can have it."""

    action_label = gettext_lazy("Publish")
    logged = "publications.publish_edition"
    done = gettext_lazy("The edition is published.")

    def effects(self) -> list[str]:
        return [_("Readers can download it, or order it if it is offered on paper, once the page of the publication is live.")]

    def step(self, form: Any) -> None:
        try:
            publish_edition(edition=self.edition, now=clock.now(), by=staff(self.request))
        except CannotPublish as refusal:
            raise Refused(_("There is nothing to offer yet: upload a file, or offer the edition on paper.")) from refusal


class UnpublishEditionView(EditionStepView):
    """Published too early."""

    action_label = gettext_lazy("Back to a draft")
    logged = "publications.unpublish_edition"
    done = gettext_lazy("The edition is a draft again.")

    def effects(self) -> list[str]:
        gone = _("Nobody can download or order it any more, and no page says that it was there. If readers know it, withdraw it.")
        return [gone, *orders_left_open(self.edition.orders.all())]

    def step(self, form: Any) -> None:
        unpublish_edition(edition=self.edition, now=clock.now(), by=staff(self.request))


class WithdrawEditionView(EditionStepView):
    """No longer offered."""

    action_label = gettext_lazy("Withdraw")
    is_destructive = True
    form_class = WithdrawForm
    logged = "publications.withdraw_edition"
    done = gettext_lazy("The edition is withdrawn.")

    def effects(self) -> list[str]:
        gone = _("Nobody can download or order it any more. Its address and the page say that it is withdrawn, and why.")
        return [gone, *orders_left_open(self.edition.orders.all())]

    def step(self, form: Any) -> None:
        withdraw_edition(edition=self.edition, reason=form.cleaned_data["reason"], now=clock.now(), by=staff(self.request))


class WithdrawFileView(EditionStepView):
    """One version goes for good, the others stay."""

    action_label = gettext_lazy("Withdraw this version")
    is_destructive = True
    form_class = WithdrawForm
    logged = "publications.withdraw_file"
    done = gettext_lazy("The version is withdrawn.")

    @cached_property
    def file(self) -> EditionFile:
        return get_object_or_404(EditionFile, pk=self.kwargs["pk"])

    @cached_property
    def edition(self) -> Edition:
        return get_object_or_404(editions(), pk=self.file.edition_id)

    def get_page_subtitle(self) -> str:
        return str(self.file)

    def effects(self) -> list[str]:
        return [_("File, cover and words are deleted and cannot be brought back. The address says that it is withdrawn, and why.")]

    def step(self, form: Any) -> None:
        try:
            withdraw_file(file=self.file, reason=form.cleaned_data["reason"])
        except CannotWithdraw as refusal:
            raise Refused(_("Readers have this version now: upload a better one first, or withdraw the edition.")) from refusal


class PrintCopiesView(EditionStepView):
    """Copies from the printer."""

    permission = PRINT_COPIES
    action_label = gettext_lazy("Note the print run")
    form_class = PrintRunForm
    logged = "publications.print_copies"
    done = gettext_lazy("The copies are on the shelf.")

    def get_initial(self) -> dict[str, Any]:
        return {"printed_on": clock.today()}

    def effects(self) -> list[str]:
        return [_("Who waits gets copies put aside, the oldest order first, and a mail.")]

    def step(self, form: Any) -> None:
        record_print_run(edition=self.edition, now=clock.now(), by=staff(self.request), **form.cleaned_data)


class MoveCopiesView(EditionStepView):
    """Handed out, lost, found."""

    permission = MOVE_COPIES
    action_label = gettext_lazy("Note the copies")
    form_class = MoveForm
    logged = "publications.move_copies"
    done = gettext_lazy("The stock is brought up to date.")

    def effects(self) -> list[str]:
        return [_("Copies left: %(stock)s.") % {"stock": self.edition.stock}]  # type: ignore[attr-defined]  # with_stock() adds it

    def step(self, form: Any) -> None:
        move_copies(edition=self.edition, now=clock.now(), by=staff(self.request), **form.cleaned_data)


class DepositCopiesView(EditionStepView):
    """Two copies to the Royal Library."""

    permission = MOVE_COPIES
    action_label = gettext_lazy("Note the legal deposit")
    form_class = DepositForm
    logged = "publications.deposit_copies"
    done = gettext_lazy("The legal deposit is noted.")

    def get_initial(self) -> dict[str, Any]:
        return {"sent_on": clock.today()}

    def effects(self) -> list[str]:
        return [_("%(copies)s copies leave the stock for the Royal Library (KBR).") % {"copies": DEPOSIT_COPIES}]

    def step(self, form: Any) -> None:
        try:
            record_deposit(edition=self.edition, now=clock.now(), by=staff(self.request), **form.cleaned_data)
        except AlreadyDeposited as refusal:
            raise Refused(_("The legal deposit of this edition was noted before.")) from refusal
