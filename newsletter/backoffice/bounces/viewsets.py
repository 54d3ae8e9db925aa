"""The menu items 'Bounces' and 'Replies'."""

from django.utils.translation import gettext_lazy

from core.backoffice.viewsets import ReadOnlyViewSet
from newsletter.backoffice.bounces.views import BounceIndexView, BounceInspectView, ReplyIndexView, ReplyInspectView
from newsletter.backoffice.subscribers.filters import BounceFilterSet, ReplyFilterSet
from newsletter.models import Bounce, Reply


class BounceViewSet(ReadOnlyViewSet):
    """Bounces and complaints."""

    model = Bounce
    name = "newsletter_bounces"
    url_prefix = "newsletter/bounces"
    icon = "redirect"
    menu_label = gettext_lazy("Bounces")
    index_view_class = BounceIndexView
    inspect_view_class = BounceInspectView
    filterset_class = BounceFilterSet


class ReplyViewSet(ReadOnlyViewSet):
    """What people wrote back."""

    model = Reply
    name = "newsletter_replies"
    url_prefix = "newsletter/replies"
    icon = "comment"
    menu_label = gettext_lazy("Replies")
    index_view_class = ReplyIndexView
    inspect_view_class = ReplyInspectView
    filterset_class = ReplyFilterSet
