"""What a team is counted by when its organisation is not in the directory, or when it is one of several in it."""

from django.utils.text import slugify

from core.directory.names import known_organisation, organisation_key
from core.models import Organisation
from followup.models import Request

ORGANISATION_KEY = Request._meta.get_field("organisation_key").max_length
SERVICE_KEY = Request._meta.get_field("service_key").max_length


def key_of(name: str, length: int | None) -> str:
    """`ASBL Le Foyer` → `foyer`: capitals, accents, legal form and articles make no other team."""
    return slugify(organisation_key(name))[:length].strip("-")


def set_names(request: Request, *, organisation_name: str, service: str, organisation: Organisation | None = None) -> None:
    """Writes both names and what they are counted by; the directory is asked where nobody has chosen. Not saved."""
    request.organisation_name, request.service = organisation_name.strip(), service.strip()
    request.organisation = organisation or known_organisation(request.organisation_name)
    if request.organisation and not request.organisation_name:
        request.organisation_name = request.organisation.name
    request.organisation_key = key_of(request.organisation_name, ORGANISATION_KEY)
    request.service_key = key_of(request.service, SERVICE_KEY)
