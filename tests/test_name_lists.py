"""Lists of names in prose are taken whole, or not at all."""

import pytest

from songstory.sources.name_lists import names, whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Okafor, Ben Quill and Cara Lind in 1999.", ["Ana Okafor", "Ben Quill", "Cara Lind"]),
        ('Ana Okafor and Ben Quill, "Loverboy" is built around a loop.', ["Ana Okafor", "Ben Quill"]),
        ("Ana Okafor and Ben Quill, Loverboy is built around a loop.", ["Ana Okafor", "Ben Quill"]),
        ("Ana Okafor and Ben Quill, it came out in 1999.", ["Ana Okafor", "Ben Quill"]),
        ("Ana Okafor and Ben Quill, the song came out in 1999.", ["Ana Okafor", "Ben Quill"]),
        ("all of the band's three members: Ana Okafor and Ben Quill.", ["Ana Okafor", "Ben Quill"]),
        ("singer Ana Okafor with its main producer.", []),
        ('Ana Okafor, "Weird Al" Yankovic and Ben Quill.', []),
        ('Robert "Mutt" Lange.', []),
        ("Loverboy.", []),
        ("the band's guitarist.", []),
        ("", []),
    ],
)
def test_a_list_ends_where_something_else_begins(text: str, expected: list[str]) -> None:
    assert names(text, "Loverboy") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Okafor and Ben Quill", ["Ana Okafor", "Ben Quill"]),
        ("Producer Ana Okafor", ["Ana Okafor"]),
        ("Lead vocalist Ana Okafor", ["Ana Okafor"]),
        ("Critic Ana Okafor", []),
        ("Ana Okafor of The Mail", []),
        ("Ana Okafor, who was ill,", []),
        ("", []),
    ],
)
def test_a_subject_is_names_and_nothing_else(text: str, expected: list[str]) -> None:
    assert whole(text) == expected
