"""The least a Django can answer."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Bonjour.")


urlpatterns = [path("", hello)]
