"""Covers, samples and remixes run one way."""

import pytest
from factories import fact
from test_grounding import rules, verdict

from songstory.models import Fact

TAKES = (fact("samples", "Mystic Brew", artist="Ronnie Foster", year="1972"),)
GIVES = (fact("sampled_by", "Should I Go", artist="Brandy", year="2004"),)
ORIGINAL = (fact("covers", "Otis Redding", year="1965"),)
COVERED = (fact("covered_by", "The Corrs", year="1998"),)
NAMED = (fact("named_after", "a ferry in Lagos"),)
SIGNED = (fact("signed_to", "Geffen", agent="Peter Gabriel"),)
REMIXED = (fact("remixed_by", "Todd Terry", year="1995"),)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ('It is built on a sample of "Mystic Brew" by Ronnie Foster.', TAKES),
        ('It borrows from Ronnie Foster\'s "Mystic Brew".', TAKES),
        ('"Mystic Brew" by Ronnie Foster is sampled in it.', TAKES),
        ('Brandy sampled it for "Should I Go" in 2004.', GIVES),
        ('It was sampled by Brandy in "Should I Go".', GIVES),
        ('"Should I Go" by Brandy samples it.', GIVES),
        ("It is a cover of a song by Otis Redding.", ORIGINAL),
        ("Otis Redding recorded the original in 1965.", ORIGINAL),
        ("The Corrs covered it in 1998.", COVERED),
        ("A cover version by The Corrs came out in 1998.", COVERED),
        ("Todd Terry remixed it in 1995.", REMIXED),
        ("It was named after a ferry in Lagos.", NAMED),
        ("Peter Gabriel signed to Geffen.", SIGNED),
        ("Geffen signed Peter Gabriel.", SIGNED),
        ("Todd Terry's remix came out in 1995.", REMIXED),
    ],
)
def test_the_right_way_round_may_be_said(text: str, facts: tuple[Fact, ...]) -> None:
    assert verdict(text, facts=facts).supported, verdict(text, facts=facts).reasons


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ('"Mystic Brew" by Ronnie Foster contains a sample of it.', TAKES),
        ('Ronnie Foster borrowed from it for "Mystic Brew".', TAKES),
        ('It was sampled by Ronnie Foster in "Mystic Brew".', TAKES),
        ('It samples "Should I Go" by Brandy.', GIVES),
        ('"Should I Go" by Brandy is sampled in it.', GIVES),
        ("Otis Redding covered it in 1965.", ORIGINAL),
        ("A cover by Otis Redding came out in 1965.", ORIGINAL),
        ("It is a cover of a song by The Corrs.", COVERED),
        ("It covers The Corrs.", COVERED),
        ("It remixed Todd Terry in 1995.", REMIXED),
        ("A ferry in Lagos was named after the song.", NAMED),
        ("Geffen signed to Peter Gabriel.", SIGNED),
        ("Peter Gabriel signed Geffen.", SIGNED),
    ],
)
def test_turned_round_is_refused(text: str, facts: tuple[Fact, ...]) -> None:
    assert "binding.direction" in rules(text, facts=facts)
