"""Public URLs of publications, below the language; their words are translated."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from publications.orders import views as orders
from publications.works import citations, feeds
from publications.works import views as works

app_name = "publications"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("order-copies/<reference:reference>/"), orders.order, name="order"),
    path(_("copies-ordered/<signed:receipt>/"), orders.ordered, name="ordered"),
    path(_("my-order/<token:token>/"), orders.OrderView.as_view(), name="manage_order"),
    path(_("my-order/<token:token>/cancel/"), orders.CancelOrderView.as_view(), name="cancel_order"),
    path(_("cite/<slug:code>.<slug:extension>"), citations.cite, name="cite"),
    path(_("publication/<slug:code>/"), works.by_code, name="by_code"),
    path("publications.rss", feeds.rss, name="rss"),
    path("publications.atom", feeds.atom, name="atom"),
]
