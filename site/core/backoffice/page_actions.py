"""The buttons below the form of a page: which comes first, and what the others are called."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem


class AskForReviewItem(SubmitForModerationMenuItem):
    """Wagtail names the workflow, which stands in the database in English: "Submit to Moderators approval"."""

    label = _("Ask for a review")

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | {"label": self.label}


def arrange(items: list[ActionMenuItem]) -> None:
    """The one button in sight is the one most people come for: to publish, for those who may."""
    items[:] = [AskForReviewItem(item.order) if item.name == "action-submit" else item for item in items]
    items.sort(key=lambda item: item.name != "action-publish")
