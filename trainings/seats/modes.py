"""How a group is served."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupMode(models.TextChoices):
    """What a group wants when there are fewer seats than people."""

    AS_MANY_AS_FIT = "as_many_as_fit", _("as many as fit, the others wait")
    ALL_OR_NONE = "all_or_none", _("all together or nobody")
