"""Actions on one edition: files, copies, publication."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.next_step import Gap
from core.backoffice.permissions import staff
from core.lifecycle.transitions import TransitionNotAllowed
from publications.backoffice.forms import DepositForm, MoveForm, PrintRunForm, UploadForm, WithdrawForm
from publications.backoffice.permissions import CHANGE_EDITIONS, MOVE_COPIES, PRINT_COPIES, UPLOAD_FILES
from publications.backoffice.refusals import orders_left_open
from publications.backoffice.works.editions import EditionRows
from publications.backoffice.works.file_warnings import warnings_of
from publications.backoffice.works.next_step import edition_gaps, is_seen
from publications.enums import EditionStatus, Refusal
from publications.files.upload import CannotOffer, CannotWithdraw, FileRefused, offer_file, upload_file, withdraw_file
from publications.models import Edition, EditionFile
from publications.orders.stock import DEPOSIT_COPIES, AlreadyDeposited, NotEnoughCopies, move_copies, record_deposit, record_print_run
from publications.works.editions import CannotPublish, publish_edition, unpublish_edition, withdraw_edition


class EditionActionView(EditionRows, ObjectActionView[Edition]):
    """An action on one edition."""

    model = Edition
    viewset_name = "publications_editions"
    permission = CHANGE_EDITIONS
    header_icon = "download"
    refusals: ClassVar = {
        TransitionNotAllowed: gettext_lazy("The status of this edition does not allow this step."),
        NotEnoughCopies: gettext_lazy("There are not so many copies on the shelf."),
        FileRefused: lambda refusal: Refusal(refusal.reason).label,
        CannotPublish: gettext_lazy("There is nothing to offer yet: upload a file, or offer the edition on paper."),
        CannotWithdraw: gettext_lazy("Readers have this version now: upload a better one first, or withdraw the edition."),
        CannotOffer: gettext_lazy("Readers have this version already, or its file is gone."),
        AlreadyDeposited: gettext_lazy("The legal deposit of this edition was noted before."),
    }


class UploadFileView(EditionActionView):
    """A new version."""

    permission = UPLOAD_FILES
    action_label = gettext_lazy("Upload")
    page_title = gettext_lazy("Upload a file")
    form_class = UploadForm
    log_action = "publications.upload_file"
    done = gettext_lazy("The file is here and is being checked. This takes a few seconds; load the page again.")

    def effects(self) -> list[str]:
        first = _("The file is checked first: damaged, protected or scripted files are refused, and nothing changes.")
        if not self.object.current_file_id:
            return [first]
        if self.object.status == EditionStatus.PUBLISHED:
            return [
                first,
                _("A good file waits until you have looked at it and its warnings; readers keep the current version until then."),
            ]
        return [first, _("A good file replaces the current version. The address stays the same; earlier versions keep theirs.")]

    def step(self, form: Any) -> None:
        upload_file(edition=self.object, upload=form.cleaned_data["file"], now=clock.now(), by=staff(self.request))


class PublishEditionView(EditionActionView):
    """Readers can have it."""

    action_label = gettext_lazy("Publish")
    log_action = "publications.publish_edition"

    def gaps(self) -> list[Gap]:
        return edition_gaps(self.object)

    def effects(self) -> list[str]:
        return [_("Readers can download it, or order it if it is offered on paper, once the page of the publication is live.")]

    def step(self, form: Any) -> str:
        published = publish_edition(edition=self.object, now=clock.now(), by=staff(self.request))
        if is_seen(published):
            return _("The edition is published: readers can have it.")
        return _("The edition is marked as published, but nobody can see it yet. What is missing stands on its page.")


class UnpublishEditionView(EditionActionView):
    """Published too early."""

    action_label = gettext_lazy("Back to a draft")
    log_action = "publications.unpublish_edition"
    done = gettext_lazy("The edition is a draft again.")

    def effects(self) -> list[str]:
        gone = _("Nobody can download or order it any more, and no page says that it was there. If readers know it, withdraw it.")
        return [gone, *orders_left_open(self.object.orders.all())]

    def step(self, form: Any) -> None:
        unpublish_edition(edition=self.object, now=clock.now(), by=staff(self.request))


class WithdrawEditionView(EditionActionView):
    """No longer offered."""

    action_label = gettext_lazy("Withdraw")
    is_destructive = True
    form_class = WithdrawForm
    log_action = "publications.withdraw_edition"
    done = gettext_lazy("The edition is withdrawn.")

    def effects(self) -> list[str]:
        gone = _("Nobody can download or order it any more. Its address and the page say that it is withdrawn, and why.")
        return [gone, *orders_left_open(self.object.orders.all())]

    def step(self, form: Any) -> None:
        withdraw_edition(edition=self.object, reason=form.cleaned_data["reason"], now=clock.now(), by=staff(self.request))


class FileActionView(EditionActionView):
    """An action on one version of an edition's file."""

    @cached_property
    def file(self) -> EditionFile:
        return get_object_or_404(EditionFile, pk=self.kwargs["pk"])

    @cached_property
    def object(self) -> Edition:
        return get_object_or_404(self.rows_for(self.request.user), pk=self.file.edition_id)

    def get_page_subtitle(self) -> str:
        return str(self.file)


class OfferFileView(FileActionView):
    """A checked version, once somebody has looked at it; or an earlier one that is brought back."""

    action_label = gettext_lazy("Offer this version")
    log_action = "publications.offer_file"
    done = gettext_lazy("Readers get this version from now on.")

    def effects(self) -> list[str]:
        current = self.object.current_file
        if current is None:
            return [_("This is the file of the edition from now on.")]
        facts = {"number": self.file.number, "old": current.number}
        return [
            _("Readers get version %(number)s instead of version %(old)s, which keeps its own address and can be brought back.") % facts
        ]

    def gaps(self) -> list[Gap]:
        return [Gap(text=warning) for warning in warnings_of(self.file)]

    def step(self, form: Any) -> None:
        offer_file(file=self.file)


class WithdrawFileView(FileActionView):
    """One version goes for good, the others stay."""

    action_label = gettext_lazy("Withdraw this version")
    is_destructive = True
    form_class = WithdrawForm
    log_action = "publications.withdraw_file"
    done = gettext_lazy("The version is withdrawn.")

    def effects(self) -> list[str]:
        return [_("File, cover and words are deleted and cannot be brought back. The address says that it is withdrawn, and why.")]

    def step(self, form: Any) -> None:
        withdraw_file(file=self.file, reason=form.cleaned_data["reason"])


class PrintCopiesView(EditionActionView):
    """Copies from the printer."""

    permission = PRINT_COPIES
    action_label = gettext_lazy("Note the print run")
    form_class = PrintRunForm
    log_action = "publications.print_copies"
    done = gettext_lazy("The copies are on the shelf.")

    def get_initial(self) -> dict[str, Any]:
        return {"printed_on": clock.today()}

    def effects(self) -> list[str]:
        return [_("Who waits gets copies put aside, the oldest order first, and a mail.")]

    def step(self, form: Any) -> None:
        record_print_run(edition=self.object, now=clock.now(), by=staff(self.request), **form.cleaned_data)


class MoveCopiesView(EditionActionView):
    """Handed out, lost, found."""

    permission = MOVE_COPIES
    action_label = gettext_lazy("Note the copies")
    form_class = MoveForm
    log_action = "publications.move_copies"
    done = gettext_lazy("The stock is brought up to date.")

    def effects(self) -> list[str]:
        return [_("Copies left: %(stock)s.") % {"stock": self.object.stock}]  # type: ignore[attr-defined]  # with_stock() adds it

    def step(self, form: Any) -> None:
        move_copies(edition=self.object, now=clock.now(), by=staff(self.request), **form.cleaned_data)


class DepositCopiesView(EditionActionView):
    """Two copies to the Royal Library."""

    permission = MOVE_COPIES
    action_label = gettext_lazy("Note the legal deposit")
    form_class = DepositForm
    log_action = "publications.deposit_copies"
    done = gettext_lazy("The legal deposit is noted.")

    def get_initial(self) -> dict[str, Any]:
        return {"sent_on": clock.today()}

    def effects(self) -> list[str]:
        return [_("%(copies)s copies leave the stock for the Royal Library (KBR).") % {"copies": DEPOSIT_COPIES}]

    def step(self, form: Any) -> None:
        record_deposit(edition=self.object, now=clock.now(), by=staff(self.request), **form.cleaned_data)
