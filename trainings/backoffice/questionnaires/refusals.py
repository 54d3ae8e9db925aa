"""Why a version is not changed or opened, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainings.questionnaires.build import BuildRefusal

BUILD_REFUSALS: dict[BuildRefusal, Promise] = {
    BuildRefusal.NOT_A_DRAFT: _("This version was opened: its questions stay as they were asked. Make the next version instead."),
    BuildRefusal.INCOMPLETE: _("It cannot be opened yet: something is missing in one of the three languages."),
    BuildRefusal.HAS_DRAFT: _("There is a draft already: change that one."),
}
