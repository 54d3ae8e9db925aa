"""The form of 'tell me when a date exists'."""

from django.utils.translation import gettext_lazy as _

from core.forms import AddressLimitMixin, EmailField, PublicForm


class InterestForm(AddressLimitMixin, PublicForm):
    """'Tell me when a date exists.'"""

    scope = "interest"

    email = EmailField(label=_("Your e-mail address"))
