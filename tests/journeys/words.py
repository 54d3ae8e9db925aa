"""What the journeys read and type, per language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The addresses and words of one language."""

    catalogue: str
    filter_value: str
    without_accent: str
    found: str  # title of the sheet the word without its accent must find
    slug: str  # the sheet of the module people enrol in
    title: str
    confirmed: str
    greeting: str
    check: str  # where the code of a certificate is checked


WORDS = {
    "fr": Words(
        catalogue="/fr/formations/",
        filter_value="drugs",
        without_accent="prevenir",
        found="Prévenir la perte du logement",
        slug="overdose",
        title="Overdose : reconnaître et réagir",
        confirmed="Vous êtes inscrit",
        greeting="Bonjour",
        check="/fr/verifier-une-attestation/",
    ),
    "nl": Words(
        catalogue="/nl/opleidingen/",
        filter_value="drugs",
        without_accent="waanideeen",
        found="Psychose: houvast voor de eerste lijn",
        slug="overdosis",
        title="Overdosis: herkennen en reageren",
        confirmed="U bent ingeschreven",
        greeting="Dag",
        check="/nl/attest-controleren/",
    ),
}
