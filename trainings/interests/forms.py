"""The form of an interest."""

from django.utils.translation import gettext_lazy as _

from core.forms import EmailField, EmailLimitMixin, PublicForm


class InterestForm(EmailLimitMixin, PublicForm):
    """'Tell me when a date exists.'"""

    scope = "interest"

    email = EmailField(label=_("Your e-mail address"))
