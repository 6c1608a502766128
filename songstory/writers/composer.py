"""The embedded default writer: typed facts to English sentences, without a model, always cited, always the same."""

from __future__ import annotations

import hashlib
from typing import Any

from songstory.models import Brief, Card, Draft, Sentence, Task
from songstory.names import ambiguous_surnames, surname, words
from songstory.vocabulary import CARD_KINDS
from songstory.writers import phrases
from songstory.writers.beats import Beat, Facts
from songstory.writers.headlines import HEADLINES
from songstory.writers.shapes import SHAPES
from songstory.writers.telling import beats

_SONG_AGENTS = {"the song", "the track", "it", "the single"}
_SONG_SLOTS = {"song", "the_song", "the_song_cap"}
_MAY_BE_EMPTY = {"year", "region", "when", "when1", "at", "mod", "mod_cap", "at_event", "pub", "degree"}
_SENTENCE_CHARS = 210
_JOINED_CHARS = 175
_WEAK = 30  # a card of weaker beats only is written when the story would be too short without it


class Composer:
    """Write cards from typed facts. `model` names the version of the shapes, so that changed shapes are a new recipe."""

    model = "composer-1"
    author_kind = "composer"

    def __init__(self) -> None:
        self.options: dict[str, Any] = {}

    def write(self, task: Task) -> Draft:
        """Return the story of `task.brief`; for a repair, the same story without the sentences that failed."""
        cards = Telling(task.brief).cards()
        failed = {(r.card, r.text) for r in task.repairs}
        kept = tuple(
            c.model_copy(update={"sentences": tuple(s for s in c.sentences if (i, s.text) not in failed)}) for i, c in enumerate(cards)
        )
        return Draft(cards=tuple(c for c in kept if c.sentences), model=self.model)


class Telling:
    """One story while it is told: what has been said, by which shapes, and who has been named."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.title = f'"{brief.track.title}"'
        self.titled = False
        self.named: set[str] = set()
        self.used: set[tuple[str, int]] = set()
        self.headlines: set[str] = set()
        people = [str(n.fact.value) for n in brief.facts if n.fact.object_kind in {"person", ""} and n.fact.object]
        self.ambiguous = ambiguous_surnames([*people, *(p for p in brief.track.artist_credit.split(" and "))])
        self.persons = {str(n.fact.value) for n in brief.facts if n.fact.object_kind == "person"}

    def cards(self) -> tuple[Card, ...]:
        """Return the cards, the most telling first, the rest in the order a story is told."""
        by_card: dict[str, list[Beat]] = {}
        for beat in beats(Facts(self.brief.facts)):
            by_card.setdefault(beat.card, []).append(beat)
        kinds = sorted(by_card, key=lambda k: -max(b.weight for b in by_card[k]))
        strong = [k for k in kinds if max(b.weight for b in by_card[k]) >= _WEAK]
        chosen = (strong + [k for k in kinds if k not in strong])[: self.brief.limits.cards]
        if len(strong) >= 2:
            chosen = [k for k in chosen if k in strong]
        order = chosen[:1] + sorted(chosen[1:], key=list(CARD_KINDS).index)
        told = [self._card(kind, by_card[kind]) for kind in order]
        return tuple(card for card in told if card is not None)

    # one card ---------------------------------------------------------------------------------------------------

    def _card(self, kind: str, all_beats: list[Beat]) -> Card | None:
        limits = self.brief.limits
        ranked = sorted(all_beats, key=lambda b: -b.weight)
        sentences: list[Sentence] = []
        told: list[Beat] = []
        listed = False
        while ranked and len(sentences) < limits.card_sentences:
            beat = ranked.pop(0)
            if beat.listed and listed:
                continue
            openings = {s.text.split()[0].strip('",') for s in sentences}
            made = self._accounts(beat, ranked, openings) if beat.family == "account" else self._shaped(beat, kind, openings)
            length = sum(len(s.text) + 1 for s in sentences)
            if made is None or length + len(made[0].text) > limits.card_chars:
                continue
            listed = listed or beat.listed
            sentence, spoken = made
            for other in spoken[1:]:
                ranked.remove(other)
            sentences.append(sentence)
            told += spoken
            self._note(sentence.text)
        if not sentences:
            return None
        headline = self._headline(told, kind, sentences)
        return Card(kind=kind, headline=headline, sentences=tuple(sentences)) if headline else None

    def _note(self, text: str) -> None:
        self.titled = self.titled or self.title in text or "song" in text.casefold().split()

    # sentences --------------------------------------------------------------------------------------------------

    def _accounts(self, beat: Beat, rest: list[Beat], openings: set[str]) -> tuple[Sentence, list[Beat]] | None:
        """Return what one agent did; a second act of the same agent, or a short one of another, joins it."""
        spoken = [beat]
        text = f"{self._agent(beat, False)} {self._act(beat)}"
        partner = next((b for b in rest if b.family == "account" and b.agent == beat.agent), None)
        if (
            partner
            and len(text) + len(partner.slots["act"][0]) < _JOINED_CHARS - 20
            and " and " not in beat.slots["act"][0]
            and "," not in beat.slots["act"][0]
        ):
            text += f" and {partner.slots['act'][0]}"
            spoken.append(partner)
        elif self._hash(beat.slots["act"][0]) % 2 == 0:
            partner = next((b for b in rest if b.family == "account"), None)
            if partner and len(text) + len(partner.agent) + len(partner.slots["act"][0]) < _JOINED_CHARS and ";" not in text:
                self._mention(beat.agent)
                text += f"; {self._agent(partner, True)} {partner.slots['act'][0]}"
                spoken.append(partner)
        text = phrases.capital(text)
        if text.split()[0].strip('",') in openings and beat.agent in _SONG_AGENTS:
            text = phrases.capital(
                ("the song" if text.startswith("It ") else "it")
                + " "
                + text.split(" ", 2 if text.startswith(("The song", "The track", "The single")) else 1)[-1]
            )
        for b in spoken:
            self._mention(b.agent)
        cites = tuple(dict.fromkeys(n for b in spoken for n in b.slots["act"][1]))
        return Sentence(text=text + ".", cites=cites), spoken

    def _agent(self, beat: Beat, later: bool) -> str:
        if beat.agent in _SONG_AGENTS:
            return self.title if not self.titled and not later else ("it" if beat.agent == "it" else beat.agent)
        short = surname(beat.agent)
        return short if beat.agent in self.named and words(short) not in self.ambiguous and beat.agent in self.persons else beat.agent

    def _act(self, beat: Beat) -> str:
        """Return the act; the first "it" becomes the title where the song has not been named yet."""
        act = beat.slots["act"][0]
        if not self.titled and beat.agent not in _SONG_AGENTS:
            parts = act.split(" ")
            for i, part in enumerate(parts):
                if part.rstrip(",;") == "it":
                    parts[i] = self.title + part[2:]
                    return " ".join(parts)
        return act

    def _mention(self, name: str) -> None:
        self.named.add(name)

    def _shaped(self, beat: Beat, kind: str, openings: set[str]) -> tuple[Sentence, list[Beat]] | None:
        """Return the beat in the first free shape, counted from one picked by the track and the card."""
        shapes = SHAPES[beat.family]
        start = self._hash(kind, beat.family) % len(shapes)
        options = []
        for k in range(len(shapes)):
            i = (start + k) % len(shapes)
            filled = self._fill(beat, shapes[i])
            if filled is not None and len(filled[0]) <= _SENTENCE_CHARS:
                clash = (beat.family, i) in self.used, filled[0].split()[0].strip('",') in openings
                options.append((clash, k, i, filled))
        if not options:
            return None
        _, _, i, (text, cites) = min(options, key=lambda o: (sum(o[0]), o[1]))
        self.used.add((beat.family, i))
        for group in beat.names.values():
            for name in group.texts:
                self._mention(name)
        return Sentence(text=text, cites=cites), [beat]

    def _fill(self, beat: Beat, shape: str, headline: bool = False) -> tuple[str, tuple[str, ...]] | None:
        """Return the shape with its slots filled and the facts of those slots, or None when a slot is missing."""
        used = _slots(shape)
        if any(need not in used for need in beat.needs):
            return None
        values: dict[str, str] = {}
        cites: list[str] = []
        named = self._name_slots(beat, headline)
        for slot in used:
            if slot in _SONG_SLOTS:
                values[slot] = self._song(headline) if slot == "song" else self._the_song(slot)
                continue
            filled = named.get(slot) or beat.slots.get(slot)
            if filled is None or (not filled[0] and slot not in _MAY_BE_EMPTY):
                return None
            values[slot] = (
                phrases.capital(filled[0].replace("{song}", self._song(headline)))
                if slot.endswith("_cap")
                else filled[0].replace("{song}", self._song(headline))
            )
            cites += [n for c in filled[1] for n in c.split()]
        if not cites:
            return None
        text = shape.format_map(values)
        return phrases.capital(text), tuple(dict.fromkeys(cites))

    def _song(self, headline: bool) -> str:
        return "it" if headline or self.titled else self.title

    def _the_song(self, slot: str) -> str:
        """Return the song where a relative clause follows: its title, later "the song"."""
        text = "the song" if self.titled else self.title
        return phrases.capital(text) if slot.endswith("_cap") else text

    def _name_slots(self, beat: Beat, headline: bool) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Return the slots that hold people: the whole list, and its parts where the list is long enough."""
        found: dict[str, tuple[str, tuple[str, ...]]] = {}
        for key, group in beat.names.items():
            shown = [self._name(n, headline) for n in group.texts]
            if not shown:
                continue
            found[key] = (phrases.series(shown), group.cites)
            found[f"{key}_again"] = (phrases.series([self._again(n) for n in group.texts]), group.cites)
            if key == "names":
                if len(shown) == 1:
                    found["solo"] = found[key]
                else:
                    found["pair"] = found[key]
                    found["first"], found["rest"] = (shown[0], group.cites), (phrases.series(shown[1:]), group.cites)
                    if len(shown) == 2:
                        found["last"] = found["second"] = (shown[1], group.cites)
        return found

    def _name(self, name: str, headline: bool) -> str:
        return self._again(name) if name in self.named or (headline and self._is_artist(name)) else name

    def _again(self, name: str) -> str:
        short = surname(name)
        return short if name in self.persons and words(short) not in self.ambiguous else name

    def _is_artist(self, name: str) -> bool:
        return name in self.brief.track.artist_credit

    # headlines --------------------------------------------------------------------------------------------------

    def _headline(self, told: list[Beat], kind: str, sentences: list[Sentence]) -> Sentence | None:
        """Return the headline of the strongest beat that has one: its own short form, or a headline shape."""
        limit = self.brief.limits.headline_chars
        for beat in told:
            if beat.short and len(beat.short[0]) <= limit and beat.short[0] not in self.headlines:
                self.headlines.add(beat.short[0])
                return Sentence(text=beat.short[0], cites=beat.short[1])
        for beat in told:
            shapes = HEADLINES.get(beat.family, ())
            start = self._hash("headline", kind) % max(1, len(shapes))
            for k in range(len(shapes)):
                filled = self._fill(beat, shapes[(start + k) % len(shapes)], headline=True)
                if (
                    filled
                    and len(filled[0]) <= limit
                    and filled[0] not in self.headlines
                    and filled[0] + "." not in {s.text for s in sentences}
                ):
                    self.headlines.add(filled[0])
                    return Sentence(text=filled[0], cites=filled[1])
        return None

    def _hash(self, *parts: str) -> int:
        text = "\x1f".join((self.brief.track.id, *parts))
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def _slots(shape: str) -> list[str]:
    """Return the slot names of a shape, in order."""
    return [part.split("}")[0] for part in shape.split("{")[1:]]
