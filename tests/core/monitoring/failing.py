"""A view that fails over what somebody typed, in the two ways that tell most about it."""

from typing import Any

from django.db import connection
from django.http import HttpRequest

HEADER = "X-Fail"


class FailingMiddleware:
    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """With the words of the form in the exception, or in the detail of a database that names the row it refused."""
        typed = request.POST.dict() | request.GET.dict()
        if request.headers.get(HEADER) == "words":
            raise RuntimeError(f"Could not keep {typed} of {request.path}")
        if request.headers.get(HEADER) == "database":
            with connection.cursor() as cursor:
                cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS refused (typed text, number integer NOT NULL)")
                cursor.execute("INSERT INTO refused VALUES (%s, NULL)", [str(typed)])
