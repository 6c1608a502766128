"""The embedded default writer: typed facts to English sentences, without a model, always cited, always the same."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Any

from songstory import blame
from songstory.hedges import lead
from songstory.models import Brief, Card, Draft, Sentence, Task
from songstory.names import ambiguous_surnames, surname, words
from songstory.vocabulary import CARD_KINDS
from songstory.writers import FEWEST, phrases
from songstory.writers.beats import Beat
from songstory.writers.headlines import HEADLINES
from songstory.writers.shapes import SHAPES
from songstory.writers.telling import beats

_SONG_AGENTS = {"the song", "the track", "it", "the single"}
_ABOUT_VIDEO = {"directed", "directed_at", "filmed"}
_PLAINLY_IT = {"about", "genre", "genre_clock", "described_how"}  # "it is a song" needs no help, and typed words stay as they are
_IT = re.compile(r'"[^"]*"|^Its?\b|\bits?\b')
_THE_SONG = {"It": "The song", "it": "the song", "Its": "The song's", "its": "the song's"}
_CLAUSE = frozenset(
    "and or but so yet until till when while because since though although if as before after that which who whose where".split()
)
_SONG_SLOTS = {"song", "the_song", "the_song_cap"}
_MAY_BE_EMPTY = {"year", "region", "when", "when1", "at", "mod", "mod_cap", "at_event", "pub", "degree"}
_SENTENCE_CHARS = 210
_JOINED_CHARS = 165
_JOIN_OF_20 = 17  # how many of twenty sentences try to take another beat along
_SAYS_ALL = {"wrote", "composed", "lyrics", "produced", "wrote_and_produced", "about"}
_STRONG = 36  # a single beat below this carries no card of its own, unless the story would be too short without it


@dataclass
class Said:
    """One sentence that could be told: its text, its facts, the beats it tells, the shapes it uses."""

    text: str
    cites: tuple[str, ...]
    beats: list[Beat]
    shapes: tuple[tuple[str, int], ...] = ()


class Composer:
    """Write cards from typed facts. `model` names the version of the shapes, so that changed shapes are a new recipe."""

    model = "composer-1"
    author_kind = "composer"

    def __init__(self) -> None:
        self.options: dict[str, Any] = {}

    def write(self, task: Task) -> Draft:
        """Return the story of `task.brief`; for a repair, the same story without the sentences and headlines that failed."""
        cards = Telling(task.brief).cards()
        failed = {(r.card, r.text) for r in task.repairs}
        standing = [
            card.model_copy(update={"sentences": tuple(s for s in card.sentences if (i, s.text) not in failed)})
            for i, card in enumerate(cards)
            if (i, card.headline.text) not in failed
        ]
        return Draft(cards=tuple(c for c in standing if c.sentences), model=self.model)


class Telling:
    """One story while it is told: what has been said, by which shapes, and who has been named."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.facts = {n.number: n.fact for n in brief.facts}
        self.on_card: tuple[str, ...] = ()  # the facts of the card at hand: none may stand there that accuses somebody beside them
        self.title = f'"{brief.track.title}"'
        self.titled = False
        self.named: set[str] = set()
        self.used: set[tuple[str, int]] = set()
        self.headlines: set[str] = set()
        self.ambiguous = ambiguous_surnames(
            [str(n.fact.value) for n in brief.facts if n.fact.object] + brief.track.artist_credit.split(" and ")
        )
        self.few = False  # so little is told that no sentences are joined
        self.elsewhere = False  # whether the sentence before was about something an "it" could be taken for
        self.persons = {str(n.fact.value) for n in brief.facts if n.fact.object_kind == "person"}

    def cards(self) -> tuple[Card, ...]:
        """Return the cards, the most telling first, the rest in the order a story is told; all of them where they would be too few."""
        told = self._cards(strong=True)
        if sum(len(card.sentences) for card in told) >= FEWEST:
            return told
        return max(told, Telling(self.brief)._cards(strong=False), key=lambda cards: sum(len(c.sentences) for c in cards))

    def _cards(self, *, strong: bool) -> tuple[Card, ...]:
        by_card: dict[str, list[Beat]] = {}
        known = beats(self.brief.facts)
        self.few = not strong
        for beat in known:
            by_card.setdefault(beat.card, []).append(beat)
        _settle(by_card)
        kinds = sorted(by_card, key=lambda k: -max(b.weight for b in by_card[k]))
        telling = [k for k in kinds if len(by_card[k]) > 1 or by_card[k][0].weight >= _STRONG]
        most = self.brief.limits.cards if strong else max(self.brief.limits.cards, FEWEST)
        chosen = (telling + [k for k in kinds if k not in telling])[:most]
        if strong and len(telling) >= 2:
            chosen = [k for k in chosen if k in telling]
        order = chosen[:1] + sorted(chosen[1:], key=list(CARD_KINDS).index)
        return tuple(card for kind in order if (card := self._card(kind, by_card[kind])) is not None)

    def _card(self, kind: str, all_beats: list[Beat]) -> Card | None:
        """Return the card of one kind. A sentence that would open like an earlier one waits, and is left out at the end."""
        limits = self.brief.limits
        self.elsewhere, self.on_card = False, ()
        waiting = sorted(all_beats, key=lambda b: -b.weight)
        late: list[Beat] = []
        sentences: list[Sentence] = []
        told: list[Beat] = []
        while (waiting or late) and len(sentences) < limits.card_sentences:
            patient = bool(waiting)
            beat = (waiting or late).pop(0)
            if beat.listed and any(b.listed for b in told):
                continue
            openings = {_opening(s.text) for s in sentences}
            said = self._say(beat, waiting, kind, openings)
            room = limits.card_chars - sum(len(s.text) + 1 for s in sentences)
            if said is None or len(said.text) > room or self._accuses(said.cites):
                continue
            if _opening(said.text) in openings:
                late += [beat] if patient else []
                continue
            said = self._join(said, waiting, kind, room)
            self._commit(said)
            waiting = [b for b in waiting if b not in said.beats]
            sentences.append(Sentence(text=said.text, cites=said.cites))
            told += said.beats
        headline = self._headline(told, kind, sentences) if sentences else None
        return Card(kind=kind, headline=headline, sentences=tuple(sentences)) if headline else None

    def _commit(self, said: Said) -> None:
        self.used |= set(said.shapes)
        self.on_card += said.cites
        self.titled = self.titled or self._names_song(said.text)
        self.elsewhere = any(self._is_elsewhere(beat) for beat in said.beats)
        for beat in said.beats:
            self.named |= {name for group in beat.names.values() for name in group.texts} | ({beat.agent} if beat.agent else set())

    # sentences --------------------------------------------------------------------------------------------------

    def _say(self, beat: Beat, rest: list[Beat], kind: str, openings: set[str]) -> Said | None:
        if not beat.hedge:
            return self._account(beat, rest, openings) if beat.family == "account" else self._shaped(beat, kind, openings)
        said = self._account(beat, [], openings) if beat.family == "account" else self._shaped(beat, kind, openings)
        return replace(said, text=lead(beat.hedge, said.text)) if said else None

    def _accuses(self, cites: tuple[str, ...], beside: tuple[str, ...] = ()) -> bool:
        """Whether facts accuse somebody together, or beside those that the card or the sentence has already."""
        return next(blame.accusing(self.facts[n] for n in dict.fromkeys((*self.on_card, *beside, *cites))), None) is not None

    def _names_song(self, text: str) -> bool:
        return self.title in text or "song" in text.casefold().split()

    def _is_elsewhere(self, beat: Beat) -> bool:
        """Whether a beat is about something else than the song or a person: the next "it" would be taken for that."""
        if beat.agent:
            return beat.agent not in _SONG_AGENTS and beat.agent not in self.persons and not self._is_artist(beat.agent)
        return beat.family in _ABOUT_VIDEO or any("{song}" not in beat.slots[k][0] for k in ("what", "of") if k in beat.slots)

    def _clear(self, text: str) -> str:
        """Return `text` with "the song" for its first "it" where that could be something else."""
        first = next((m for m in _IT.finditer(text) if m[0] in _THE_SONG), None) if self.elsewhere else None
        return text[: first.start()] + _THE_SONG[first[0]] + text[first.end() :] if first else text

    def _account(self, beat: Beat, rest: list[Beat], openings: set[str]) -> Said:
        """Return what one agent did; a second act of the same agent joins it."""
        act = beat.slots["act"][0]
        text = f"{self._agent(beat)} {self._act(beat)}"
        beats = [beat]
        partner = next((b for b in rest if b.family == "account" and b.agent == beat.agent and not b.hedge), None)
        if partner and self._accuses(partner.slots["act"][1], beat.slots["act"][1]):
            partner = None
        if partner and _simple(act) and len(text) + len(partner.slots["act"][0]) < _JOINED_CHARS:
            text += f" and {partner.slots['act'][0]}"
            beats.append(partner)
        text = phrases.capital(text)
        if beat.agent in _SONG_AGENTS and _opening(text) in openings:
            text = ("The song" if _opening(text) == "It" else "It") + text.removeprefix(phrases.capital(self._agent(beat)))
        return Said(text + ".", tuple(dict.fromkeys(n for b in beats for n in b.slots["act"][1])), beats)

    def _join(self, said: Said, rest: list[Beat], kind: str, room: int) -> Said:
        """Return `said` joined with one more beat of the card where both are short; most sentences try.

        After somebody's act an "it" could be something else than the song, so acts are joined with acts only.
        """
        joined = "; " in said.text or ", and " in said.text
        if self.few or joined or any(b.hedge for b in said.beats) or self._hash(said.text) % 20 >= _JOIN_OF_20:
            return said
        titled, elsewhere = self.titled, self.elsewhere
        self.titled, self.elsewhere = True, elsewhere and not self._names_song(said.text)
        try:
            for beat in rest:
                its = beat.family != "account" and said.beats[0].family == "account" and said.beats[0].agent not in _SONG_AGENTS
                crowded = bool(beat.names) and any(b.names for b in said.beats)
                again = any(b.family.split("_")[0].rstrip("s") == beat.family.split("_")[0].rstrip("s") != "account" for b in said.beats)
                if beat.hedge:
                    continue
                alike = any(b.agent == beat.agent and b.agent[:1].isupper() for b in said.beats)
                if its or crowded or again or alike or beat in said.beats or (beat.listed or any(b.listed for b in said.beats)):
                    continue
                more = self._say(beat, [], kind, set())
                if more is None or self._accuses(more.cites, said.cites):
                    continue
                if len(said.text) + len(more.text) + 4 > min(room, _JOINED_CHARS) or ", " in more.text or "; " in more.text:
                    continue
                start = more.text.split(" ", 1)[0]
                lower = beat.agent[:1].islower() or _plainly(beat.agent) if beat.agent else start in {"It", "The", "Its"}
                if lower or beat.agent or _starts_with_name(more.text, beat):
                    tail = more.text[0].lower() + more.text[1:] if lower else more.text
                    if tail.startswith("the song ") and "the song" in said.text.casefold():
                        tail = tail.replace("the song", "it", 1)
                    cites = tuple(dict.fromkeys((*said.cites, *more.cites)))
                    return Said(f"{said.text[:-1]}, and {tail}", cites, [*said.beats, *more.beats], (*said.shapes, *more.shapes))
        finally:
            self.titled, self.elsewhere = titled, elsewhere
        return said

    def _agent(self, beat: Beat) -> str:
        if beat.agent in _SONG_AGENTS:
            return (
                self.title
                if not self.titled
                else ("it" if beat.agent == "it" and not self.elsewhere else beat.agent.replace("it", "the song"))
            )
        short = surname(beat.agent)
        return short if beat.agent in self.named and words(short) not in self.ambiguous and beat.agent in self.persons else beat.agent

    def _act(self, beat: Beat) -> str:
        """Return the act; the first "it" becomes the title where the song has not been named yet."""
        act = beat.slots["act"][0]
        if not self.titled and beat.agent not in _SONG_AGENTS:
            parts = act.split(" ")
            for i, part in enumerate(parts):
                if part.rstrip(",;") == "it" and phrases.means_the_song(parts[:i]):
                    parts[i] = self.title + part[2:]
                    return " ".join(parts)
        return act

    def _shaped(self, beat: Beat, kind: str, openings: set[str]) -> Said | None:
        """Return the beat in the first free shape, counted from one picked by the track and the card."""
        shapes = SHAPES[beat.family]
        start = self._hash(kind, beat.family) % len(shapes)
        options = []
        for k in range(len(shapes)):
            i = (start + k) % len(shapes)
            filled = self._fill(beat, shapes[i])
            if filled is not None and len(filled[0]) <= _SENTENCE_CHARS:
                options.append(((beat.family, i) in self.used, _opening(filled[0]) in openings, k, i, filled))
        if not options:
            return None
        _, _, _, i, (text, cites) = min(options, key=lambda o: (o[0] + o[1], o[2]))
        return Said(text if beat.family in _PLAINLY_IT else self._clear(text), cites, [beat], ((beat.family, i),))

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
        text = text[:-1] if text.endswith("..") and not text.endswith("...") else text
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
                if filled and beat.hedge:
                    filled = (f"{phrases.capital(lead(beat.hedge, 'It').rpartition(',')[0] or beat.hedge)}: {filled[0]}", filled[1])
                if (
                    filled
                    and len(filled[0]) <= limit
                    and filled[0] not in self.headlines
                    and filled[0] + "." not in {s.text for s in sentences}
                ):
                    self.headlines.add(filled[0])
                    return Sentence(text=filled[0], cites=filled[1])
        acts = (
            Sentence(text=phrases.capital(f"{b.agent} {b.slots['act'][0]}"), cites=b.slots["act"][1])
            for b in told
            if b.family == "account" and not b.hedge
        )
        return next((act for act in acts if len(act.text) <= limit), None)  # better said twice than not at all

    def _hash(self, *parts: str) -> int:
        text = "\x1f".join((self.brief.track.id, *parts))
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def _plainly(agent: str) -> bool:
    """Whether an agent begins with an article that is no part of a name: "The band's takings", not "The Edge"."""
    first, _, rest = agent.partition(" ")
    return first in {"The", "A", "An", "Its", "Their", "His", "Her"} and rest[:1].islower()


def _starts_with_name(text: str, beat: Beat) -> bool:
    return any(text.startswith((name, surname(name))) for group in beat.names.values() for name in group.texts)


def _settle(by_card: dict[str, list[Beat]]) -> None:
    """Move what would not make a card of its own to one that has more to say.

    That is a lone credit or theme, whose headline would say it twice, and accounts that come without a short form to head a card.
    """
    for kind in ("people", "words"):
        lone = by_card.get(kind, [])
        hosts = [k for k in ("origin", "studio", "sound") if 0 < len(by_card.get(k, [])) < 4]
        if len(lone) == 1 and lone[0].family in _SAYS_ALL and len(by_card) > 3 and hosts:
            by_card[min(hosts, key=lambda k: len(by_card[k]))].extend(by_card.pop(kind))
    for kind in [k for k, found in by_card.items() if not any(b.short or b.family in HEADLINES for b in found)]:
        if hosts := [k for k in by_card if any(b.short or b.family in HEADLINES for b in by_card[k])]:
            by_card[min(hosts, key=lambda k: len(by_card[k]))].extend(by_card.pop(kind))


def _opening(text: str) -> str:
    """Return how a sentence opens: its first word, and the noun too after an article."""
    parts = text.split(" ", 2)
    return " ".join(parts[:2] if parts[0] in {"The", "A", "An"} else parts[:1]).strip('",')


def _simple(act: str) -> bool:
    """Whether an act is one plain clause, so that a second act after "and" cannot be read into a part of it."""
    return "," not in act and _CLAUSE.isdisjoint(words(act))


def _slots(shape: str) -> list[str]:
    """Return the slot names of a shape, in order."""
    return [part.split("}")[0] for part in shape.split("{")[1:]]
