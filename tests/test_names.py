import pytest
from hypothesis import given
from hypothesis import strategies as st

from songstory.names import ambiguous_surnames, fold, forms, surname, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Beyoncé", "Beyonce"),
        ("JAY-Z", "Jay Z"),
        ("Simon & Garfunkel", "Simon and Garfunkel"),
        ("Sinéad O’Connor", "Sinead O'Connor"),
        ("1,039,000", "1039000"),
    ],
)
def test_forms_of_one_name_fold_to_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Daniel Lanois", "Lanois"),
        ("Ray Parker, Jr.", "Parker"),
        ("The Edge", "The Edge"),
        ("U2", "U2"),
        ("Pet Shop Boys & Co", "Pet Shop Boys & Co"),
        ("Bono", "Bono"),
    ],
)
def test_only_plain_names_shorten_to_a_surname(name: str, short: str) -> None:
    assert surname(name) == short


def test_a_group_has_no_surname() -> None:
    assert ("mix",) not in forms(["Little Mix"], person=False)


def test_a_surname_two_people_share_is_ambiguous() -> None:
    assert ambiguous_surnames(["Barry Gibb", "Robin Gibb", "Phil Spector"]) == {("gibb",)}


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert all(fold(w) == w for w in words(text))
