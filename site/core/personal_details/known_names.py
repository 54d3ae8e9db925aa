"""Names of the directory: they have capitals, and are nobody's."""

from core.models import Organisation, OrganisationName


def names_of_the_directory() -> frozenset[str]:
    """Organisations in both languages, their other names, and their municipalities. Two queries."""
    rows = Organisation.objects.values_list("name_fr", "name_nl", "municipality")
    others = OrganisationName.objects.values_list("name", flat=True)
    return frozenset(filter(None, (*(name for row in rows for name in row), *others)))
