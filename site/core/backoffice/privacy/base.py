"""What every screen of privacy asks and promises."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.accounts.staff import LOOK_UP_PERSON, has_second_factor, used_second_factor
from core.backoffice.permissions import RequiresPermission
from core.backoffice.screens import Crumb

TITLE = gettext_lazy("What is held of a person")


class PrivacyScreen(RequiresPermission, WagtailAdminTemplateMixin, TemplateView):
    """With a right of its own and a second factor used in this session. Nothing is cached or reported; no URL says who it is about."""

    permission = LOOK_UP_PERSON
    page_title = TITLE
    header_icon = "user"

    @method_decorator((sensitive_post_parameters(), sensitive_variables()))
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not (has_second_factor(request.user) and used_second_factor(request)):
            raise PermissionDenied  # the middleware asks for it; here nobody gets past a middleware that is gone
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        # Here, not after the middleware: an error while it is drawn is reported without what it draws.
        return response.render() if isinstance(response, TemplateResponse) else response

    @property
    def index_url(self) -> str:
        return reverse("core_privacy:index")

    def get_page_title(self) -> str:
        return str(self.page_title)

    def get_breadcrumbs_items(self) -> list[Crumb]:
        own = {"url": "", "label": self.get_page_title()}
        above = [] if self.request.path == self.index_url else [{"url": self.index_url, "label": str(TITLE)}]
        return [*self.breadcrumbs_items, *above, own]
