"""A text that could name a person helped is noticed, in three languages; everyday sentences of the work are not."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.personal_details.detect import personal_details
from core.personal_details.found import Kind

TODAY = datetime.date(2026, 11, 30)
DIRECTORY = (
    *("Médecins du Monde", "Infirmiers de rue", "Projet Lama", "Huis Vandenborre", "Molenbeek-Saint-Jean", "Jan Palfijn", "Fami-Home"),
    *("Clinique Antonin Artaud", "Sint-Alexius Elsene"),
)


def found(text: str) -> list[tuple[Kind, str]]:
    return [(each.kind, each.text) for each in personal_details(text, today=TODAY, known=DIRECTORY)]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("NISS 85.07.30-033.28 du demandeur", "85.07.30-033.28"),
        ("rijksregisternummer 85 07 30 033 28", "85 07 30 033 28"),
        ("son numéro est 85073003328.", "85073003328"),
        ("né après 2000 : 17.07.30-033.84", "17.07.30-033.84"),
    ],
)
def test_a_national_register_number_is_noticed_with_and_without_its_dots(text: str, part: str) -> None:
    assert found(text) == [(Kind.NATIONAL_NUMBER, part)]


def test_eleven_digits_that_do_not_check_are_only_digits() -> None:
    assert found("commande 85073003329, lot 12345678901") == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("rappeler au 0475 12 34 56 demain", "0475 12 34 56"),
        ("gsm 0475/12.34.56", "0475/12.34.56"),
        ("0475123456", "0475123456"),
        ("tel. 02/537.12.34", "02/537.12.34"),
        ("bel 010 45 67 89", "010 45 67 89"),
        ("of +32 (0)475 12 34 56", "+32 (0)475 12 34 56"),
        ("call 0033 6 12 34 56 78", "0033 6 12 34 56 78"),
    ],
)
def test_a_telephone_number_is_noticed_as_it_is_written_here(text: str, part: str) -> None:
    assert found(text) == [(Kind.PHONE, part)]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("né le 3 mars 1985 à Namur", "3 mars 1985"),
        ("née le 1er août 2012", "1er août 2012"),
        ("date de naissance : 1/2/1990", "1/2/1990"),
        ("geboren op 12.04.2021", "12.04.2021"),
        ("geboortedatum 12 april 2001", "12 april 2001"),
        ("born on 12 April 2015", "12 April 2015"),
        ("homme, 12/03/1975, dépendance", "12/03/1975"),
        ("homme, 12/03/75, dépendance", "12/03/75"),
        ("1975-03-12", "1975-03-12"),
    ],
)
def test_a_date_of_birth_is_noticed_by_its_words_or_by_its_age(text: str, part: str) -> None:
    assert found(text) == [(Kind.BIRTH_DATE, part)]


def test_a_mailbox_of_a_person_is_noticed_and_that_of_a_house_is_not() -> None:
    assert found("écrire à alix.exemple@example.org ou info@example.org") == [(Kind.EMAIL, "alix.exemple@example.org")]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("M. Exemple ne vient plus", "M. Exemple"),
        ("la situation de Mme EXEMPLE", "Mme EXEMPLE"),
        ("la situation de madame K. inquiète", "madame K"),
        ("mevr. Voorbeeld komt niet", "mevr. Voorbeeld"),
        ("dhr. Van den Berg", "dhr. Van den Berg"),
        ("de heer Janssens", "heer Janssens"),
        ("Mrs Sample called", "Mrs Sample"),
        ("le patient Karim refuse", "patient Karim"),
        ("onze bewoonster Griet", "bewoonster Griet"),
        ("our tenant Ruth left", "tenant Ruth"),
        ("entretien avec Sarah Peeters hier", "Sarah Peeters"),
        ("Marie Exemple est venue", "Marie Exemple"),
        ("Hier Fatima El Amrani a appelé", "Fatima El Amrani"),
        ("le logement de Karim Benali", "Karim Benali"),
        ("le service de Marie Peeters", "Marie Peeters"),
        ("vu Marie d’Hondt", "Marie d’Hondt"),
        ("chez Ahmed DUPONT", "Ahmed DUPONT"),
        ("vu Tchavdar Georgiev au parc", "Tchavdar Georgiev"),
        ("we met Tchavdar Georgiev", "Tchavdar Georgiev"),
        ("we zagen Tchavdar Georgiev", "Tchavdar Georgiev"),
        ("habite place de Karim Benali", "Karim Benali"),
    ],
)
def test_a_name_is_noticed_after_a_title_a_role_or_by_two_capitals(text: str, part: str) -> None:
    assert found(text) == [(Kind.NAME, part)]


@pytest.mark.parametrize(
    "text",
    [
        "La réunion Connect du mois de Mars aura lieu lundi 3 mars 2026.",
        "On Monday March 3 the Mobile Team met Brussels Region staff.",
        "Op maandag 3 maart om 9.30 uur, Brussel Centrum.",
        "Rue du Progrès 323, 1030 Schaerbeek ; avenue Louise 12.",
        "Rue Antoine Dansaert 12 à Bruxelles ; av. Dr. Lemoine",
        "Karel Buyststraat 5, 1000 Brussel",
        "Le CPAS de Saint-Gilles et Médecins du Monde demandent une supervision.",
        "Nous travaillons avec medecins du monde et le Projet Lama.",
        "bezoek aan Jan Palfijn en Sint Alexius Elsene",
        "L’équipe mobile du Smes et Housing First ; le SPF Santé Publique.",
        "L’hôpital Érasme, la clinique Antonin Artaud, Clinique Saint-Jean",
        "Réunion avec le Centre de Santé Mentale La Gerbe et l’asbl Pierre d’Angle",
        "station Sint-Guido, Noord-Zuid, Gare du Midi, Maison de Quartier Bonnevie",
        "Het Vlaams Parlement en de Vlaamse Gemeenschap",
        "the Flemish Community Commission and the Royal Hospital",
        "De 9 h 30 à 12 h 30, 1.250,00 EUR, facture 2026/0123, +++090/9337/55493+++",
        "Budget 1 250 000 euros ; dossier 02-2026-0045 ; TVA BE 0407.571.234 ; IBAN BE68 5390 0754 7034",
        "Loi du 26 juin 1990 relative à la protection de la personne",
        "Wet van 26 juni 1990",
        "Une patiente Housing First ; la locataire Bruxelloise",
        "depuis le 1er septembre 2024, 12 personnes en 2023",
        "du 01/02/2026 au 05/02/2026 10:30",
        "DEMANDE URGENTE DE SUPERVISION POUR EQUIPE",
        "Bonjour, nous sommes une équipe de 12 travailleurs sociaux.",
        "Nous avons vu l’équipe. Plusieurs questions restent. Demain Connect vient.",
        "Madame, Monsieur,",
        "Geachte mevrouw, geachte heer,",
        "Monsieur le Directeur",
        "Le patient ne vient plus et M. X non plus.",
        "",
    ],
)
def test_sentences_of_the_work_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_what_a_name_of_the_directory_hides_is_noticed_without_the_directory() -> None:
    """The control of the directory's part."""
    assert personal_details("bezoek aan Jan Palfijn", today=TODAY)


@given(st.text(alphabet=st.sampled_from("aA éM.04/-'’\n157@Mme Jan"), max_size=80))
def test_what_is_found_stands_in_the_text_in_its_order_and_once(text: str) -> None:
    details = personal_details(text, today=TODAY)
    assert all(text[each.start : each.end] == each.text for each in details)
    assert all(before.end <= after.start for before, after in itertools.pairwise(details))
