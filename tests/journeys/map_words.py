"""What the journeys of the map read and type, per language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The addresses and words of one language."""

    page: str
    town: str
    wrong: str
    reference: str
    propose: str
    is_a_person: str  # why jeanne.dupont@ is refused
    confirm: str  # in the address of the mailed links
    place: str
    confirm_current: str
    ours: str
    accept: str


WORDS = {
    "fr": Words(
        page="/fr/support/carte-pair-aidance/",
        town="namur",
        wrong="Signaler une erreur",
        reference="référence",
        propose="/fr/pair-aidance/proposer/",
        is_a_person="l’adresse d’une personne",
        confirm="/proposer/confirmer/",
        place="/pair-aidance/lieux/",
        confirm_current="/toujours-exact/",
        ours="C’est notre service",
        accept="Accepter",
    ),
    "nl": Words(
        page="/nl/support/kaart-peerhulp/",
        town="namen",
        wrong="Hier klopt iets niet",
        reference="referentie",
        propose="/nl/peerhulp/voorstellen/",
        is_a_person="het adres van een persoon",
        confirm="/voorstellen/bevestigen/",
        place="/peerhulp/plekken/",
        confirm_current="/klopt-nog/",
        ours="Dit is onze dienst",
        accept="Aanvaarden",
    ),
    "en": Words(
        page="/en/support/peer-support-map/",
        town="5000",
        wrong="Something is wrong here",
        reference="reference",
        propose="/en/peer-support/propose/",
        is_a_person="the address of a person",
        confirm="/propose/confirm/",
        place="/peer-support/places/",
        confirm_current="/still-right/",
        ours="This is our service",
        accept="Accept",
    ),
}
