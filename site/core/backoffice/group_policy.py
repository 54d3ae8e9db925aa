"""The rule of a group, as a panel of Wagtail's own form for groups."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import Group
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from core.accounts.staff import must_require_second_factor
from core.models import GroupPolicy


class GroupPolicyForm(forms.ModelForm):
    """Whether members need a second factor. Where follow-up notes are read, they do, whatever is ticked."""

    class Meta:
        model = GroupPolicy
        fields: ClassVar = ["requires_second_factor"]
        labels: ClassVar = {
            "requires_second_factor": _("Members need a second factor (an authenticator app or a passkey) to enter the admin")
        }

    def __init__(self, *, instance: Group | None = None, **kwargs: Any) -> None:
        self.group = instance or Group()
        policy = GroupPolicy.objects.filter(group=self.group).first() if self.group.pk else None
        super().__init__(instance=policy, prefix="policy", **kwargs)
        self.fields["requires_second_factor"].show_hidden_initial = True

    def save(self, commit: bool = True) -> GroupPolicy:
        """Called after the group and its permissions are saved."""
        policy: GroupPolicy = super().save(commit=False)
        policy.group = self.group
        if "requires_second_factor" not in self.changed_data:
            # Not touched here: what somebody else ticked meanwhile stays. The form shows what it read in a hidden field.
            policy.requires_second_factor = self.initial.get("requires_second_factor", False)
        policy.requires_second_factor = policy.requires_second_factor or must_require_second_factor(self.group)
        policy.save()
        return policy

    def as_admin_panel(self) -> str:
        """Wagtail asks each panel for its own drawing."""
        return render_to_string(
            "core/backoffice/group_policy.html", {"form": self, "read": self["requires_second_factor"].as_hidden(only_initial=True)}
        )
