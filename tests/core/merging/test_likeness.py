"""What resembles what. Pure."""

import pytest

from core.merging.likeness import mailbox_key, name_key, pairs_one_slip_apart, pairs_with_one_key, sound_key


@pytest.mark.parametrize(
    ("one", "other"),
    [("Élise Van Damme", "elise van damme"), ("Van-Damme, Elise", "Élise van Damme"), ("Zoé  D’Hondt", "ZOE D'HONDT")],
)
def test_accents_capitals_signs_and_order_make_no_other_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Stéphanie Thijs", "Stefanie Tys"), ("Catherine Lambert", "Katherine Lambert"), ("Anna Maes", "Ana Maes")]
)
def test_one_sound_is_written_in_many_ways(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
    assert sound_key(one) == sound_key(other)


def test_other_people_have_other_names() -> None:
    assert sound_key("Marie Dubois") != sound_key("Mario Dubois")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana+smes@example.org", "ana@example.org"),
        ("a.na@gmail.com", "ana@googlemail.com"),
        ("ANA@example.org", "ana@example.org"),
    ],
)
def test_a_mailbox_has_many_addresses(one: str, other: str) -> None:
    assert mailbox_key(one) == mailbox_key(other)


def test_dots_count_where_the_service_counts_them() -> None:
    assert mailbox_key("a.na@example.org") != mailbox_key("ana@example.org")


def test_pairs_share_a_key_and_an_empty_one_is_none() -> None:
    assert list(pairs_with_one_key([(1, "a"), (2, "a"), (3, "b"), (4, ""), (5, "")])) == [(1, 2)]


@pytest.mark.parametrize("near", ["lambert ann", "lambertt anna", "lambort anna", "lamebrt anna"])
def test_one_letter_missing_too_many_wrong_or_swapped(near: str) -> None:
    assert set(pairs_one_slip_apart([(1, "lambert anna"), (2, near), (3, "dubois marie")])) == {(1, 2)}


def test_two_letters_or_a_short_name_are_something_else() -> None:
    assert set(pairs_one_slip_apart([(1, "lambert anna"), (2, "lombort anna"), (3, "ana"), (4, "ada")])) == set()


def test_the_pairs_of_one_row_are_those_of_the_whole_list() -> None:
    keys = [(1, "lambert anna"), (2, "lambert ann"), (3, "lambertt anna"), (4, "lambert anna"), (5, "dubois marie")]
    for find in (pairs_with_one_key, pairs_one_slip_apart):
        every = set(find(keys))
        assert every
        for row, _key in keys:
            assert set(find(keys, about=row)) == {pair for pair in every if row in pair}
