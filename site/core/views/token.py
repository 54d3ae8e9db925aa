"""Pages behind a secret link. GET shows, POST acts; a link that is not known gets one and the same page."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.generic import View

from core.forms import ConfirmForm, PublicForm
from core.views.private import link_unknown, private_page


@method_decorator(private_page, name="dispatch")
class TokenView[Row](View):
    """Shows the row a secret link stands for."""

    http_method_names = ["get", "head"]  # noqa: RUF012 (Django's own attribute)
    template_name: ClassVar[str]
    row: Row
    token: str

    def find(self, token: str) -> Row | None:
        """The row of the link; None where the link is not, or no longer, one of ours."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.token = kwargs["token"]
        row = self.find(self.token)
        if row is None:
            return link_unknown(request)
        self.row = row
        return super().dispatch(request, *args, **kwargs)

    def get_context(self) -> dict[str, Any]:
        """What the template says of the row."""
        return {}

    def page(self, *, template: str = "", status: int = 200, **context: Any) -> HttpResponse:
        """The page of this view, or another one with the same context."""
        return TemplateResponse(self.request, template or self.template_name, self.get_context() | context, status=status)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()


class TokenActionView[Row](TokenView[Row]):
    """Asks once more, then acts. A mail scanner that follows the link changes nothing: only the button does."""

    http_method_names = ["get", "head", "post"]  # noqa: RUF012 (Django's own attribute)
    form_class: ClassVar[type[PublicForm]] = ConfirmForm

    def form_kwargs(self) -> dict[str, Any]:
        """More arguments for the form."""
        return {}

    def instead_of_form(self) -> HttpResponse | None:
        """The answer where there is nothing to do (any more): done already, or too late."""
        return None

    def act(self, form: Any) -> HttpResponse:
        """Calls one service and answers; `form` is valid."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = self.instead_of_form()
        return self.page(form=self._form(None)) if answer is None else answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = self.instead_of_form()
        if answer is not None:
            return answer
        form = self._form(request.POST)
        return self.act(form) if form.is_valid() else self.page(form=form, status=422)

    def _form(self, data: Any) -> PublicForm:
        return self.form_class(data, request=self.request, **self.form_kwargs())
