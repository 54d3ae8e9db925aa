"""URLs of the site's own views, below /fr/, /nl/ and /en/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home import views

app_name = "home"
urlpatterns = [
    path(_("search/"), views.search, name="search"),
    path(_("write-to-us/"), views.contact, name="contact"),
]
