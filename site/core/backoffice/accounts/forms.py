"""Wagtail's forms for users without what nobody should invent for somebody else: a password, and a name to log in with."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.models import UserProfile

from core.accounts.roles import label_of
from core.models import User

FIELDS = ("username", "email", "first_name", "last_name", "is_superuser", "groups")


class WithoutInventions(forms.ModelForm):
    """One logs in with the email; the name Django wants beside it follows."""

    password_enabled = False
    separate_username_field = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["username"]  # asked for by Wagtail's own __init__
        groups: Any = self.fields["groups"]
        groups.label_from_instance = label_of

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        others = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(_("Somebody has an account with this e-mail address."))
        return email

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        self.instance.username = self.instance.email[:150]


class InvitationForm(WithoutInventions, UserCreationForm):
    """A new colleague: who, in which groups, and in which language the site speaks to her."""

    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("Of the invitation and of the back-office. The person can change it.")
    )

    class Meta(UserCreationForm.Meta):
        model = User
        fields: ClassVar = FIELDS

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=commit)
        if commit:
            UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": self.cleaned_data["language"]})
        return user


class AccountForm(WithoutInventions, UserEditForm):
    """Who somebody is and what she may do."""

    class Meta(UserEditForm.Meta):
        model = User
        fields: ClassVar = (*FIELDS, "is_active")
