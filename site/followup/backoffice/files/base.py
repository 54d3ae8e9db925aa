"""What the listing, the page and the actions of a file share. Who is not of its team finds nothing: neither the file nor that it exists."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.backoffice.actions import ObjectActionView
from core.backoffice.screens import RowsMixin
from core.lifecycle.transitions import TransitionNotAllowed
from followup.backoffice.permissions import WORK_ON_FILES
from followup.files.events import FileIsOver
from followup.files.selectors import files_of
from followup.files.status import BeforeItOpened
from followup.files.team import NotInTheTeam
from followup.models import File


class FileRows(RowsMixin):
    """The files of a user."""

    def rows_for(self, user: Any) -> QuerySet[File]:
        return files_of(user)


class FileActionView(FileRows, ObjectActionView[File]):
    """An action on one file."""

    model = File
    viewset_name = "followup_files"
    permission = WORK_ON_FILES
    header_icon = "folder-open-inverse"
    refusals: ClassVar = {
        TransitionNotAllowed: _("The status of this file does not allow this step."),
        BeforeItOpened: _("The file was opened later than this day."),
        NotInTheTeam: _("Only the team of a file can change the team."),
        FileIsOver: _("The file was closed before this day: take it up again first."),
    }

    def log_title(self) -> str:
        return self.object.reference
