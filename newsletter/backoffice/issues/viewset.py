"""Issues in the menu of the newsletter."""

from django.utils.translation import gettext_lazy

from core.backoffice.viewsets import ReadOnlyViewSet
from newsletter.backoffice.issues.views import IssueIndexView, IssueInspectView
from newsletter.models import Issue


class IssueViewSet(ReadOnlyViewSet):
    """Issues. Their text is in pages; everything else changes through the actions of an issue."""

    model = Issue
    name = "newsletter_issues"
    url_prefix = "newsletter/issues"
    icon = "mail"
    menu_label = gettext_lazy("Issues")
    index_view_class = IssueIndexView
    inspect_view_class = IssueInspectView
