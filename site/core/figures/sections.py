"""The sections of the report, in its order. A definition names one by its id."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECTIONS: dict[str, Promise] = {
    "assembly": _("General assembly"),
    "board": _("Board"),
    "missions": _("Missions"),
    "values": _("Values"),
    "introduction": _("General introduction"),
    "connect-introduction": _("Connect: introduction"),
    "connect-general-objectives": _("Connect: general objectives"),
    "connect-operational-objectives": _("Connect: operational objectives"),
    "intervision-2023": _("Intersectoral intervisions, groups of 2023-2024"),
    "intervision-2024": _("Intersectoral intervisions, groups of 2024-2025"),
    "intervisions": _("Intersectoral intervisions"),
    "exchange-table": _("Exchange tables"),
    "publications": _("Publications and articles"),
    "connect-events": _("Connect: events"),
    "advocacy": _("Advocacy and awareness"),
    "shared-expertise": _("Shared expertise and juries"),
    "representation": _("Representation and consultation"),
    "newsletter-and-social-media": _("Information and communication"),
    "ehpad": _("Support for intersectoral activities: EHPAD"),
    "connect-outlook": _("Connect: outlook"),
    "support-introduction": _("Support: introduction"),
    "mobile-team": _("Mobile team"),
    "supervision": _("Supervisions"),
    "pat-organisations": _("PAT: teams that want to hire a peer worker"),
    "pat-supervised-teams": _("PAT: supervision of teams"),
    "pat-questions": _("PAT: questions of peer workers and teams"),
    "pat-trainings": _("PAT: training courses"),
    "pat-advocacy": _("PAT: representation and advocacy"),
    "pat-intervisions": _("PAT: intervisions"),
    "pat-networking": _("PAT: networking"),
    "support-trainings": _("Training project"),
    "support-outlook": _("Support: outlook"),
    "hf-introduction": _("Housing First: introduction"),
    "hf-diagnoses-and-criteria": _("Housing First: diagnoses and criteria"),
    "hf-people": _("Housing First: the people supported"),
    "hf-objectives": _("Housing First: objectives"),
    "hf-results": _("Housing First: results"),
    "hf-meetings": _("Housing First: meetings with tenants"),
    "hf-moves": _("Housing First: moves"),
    "hf-harm-reduction": _("Housing First: harm reduction"),
    "hf-training": _("Housing First: training"),
    "hf-outlook": _("Housing First: outlook"),
    "conclusions": _("General conclusions"),
    "funding": _("Funding"),
}
_PLACES = {section: number for number, section in enumerate(SECTIONS)}


def place_of(section: str) -> int:
    """Where a section stands in the report; one that is not named here comes last."""
    return _PLACES.get(section, len(_PLACES))


def section_label(section: str) -> str:
    """In the reader's language."""
    return str(SECTIONS.get(section, section))
