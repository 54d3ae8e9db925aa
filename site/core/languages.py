"""The languages of the house."""

from django.db import models


class Language(models.TextChoices):
    """The languages we publish, teach and write in; each name in its own language."""

    FR = "fr", "Français"
    NL = "nl", "Nederlands"
    EN = "en", "English"
