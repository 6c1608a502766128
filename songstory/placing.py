"""Gives each record of a batch its track: where it was put before, the one that it speaks of, a new one, or a case for a person."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session

from songstory.errors import TrackNotFound
from songstory.matching import Known, best, full_title, likeness, title_key
from songstory.models import Entity, Source, Track, now
from songstory.names import words
from songstory.records import Match, Recording, Work, content_of, years_of
from songstory.store import finding

NEW = "new"  # what a person answers where none of the candidates is the track
RELEASES_KEPT = 20_000  # whose tracks are remembered in one import: those of one release stand near one another in a file


class Placing:
    """What one import knows while it places records: its source, whether it may make tracks, and which track stands on which release."""

    def __init__(self, source: Source, new_tracks: bool, intake: int = 0) -> None:
        self.source, self.new_tracks, self.intake = source, new_tracks, intake
        self.on_release: dict[str, dict[str, str]] = defaultdict(dict)  # by release, each track with the place of its record
        self._seen: list[tuple[str, str, str]] = []  # releases, tracks and places of the batch at hand, until it is written

    def batch(self, session: Session, records: Sequence[Recording | Entity | Work]) -> Desk:
        """Return the desk at which the records of a batch are placed, everything that it may ask already looked up."""
        self._seen = []
        return Desk(session, self, [r for r in records if isinstance(r, Recording)], [r for r in records if isinstance(r, Work)])

    def beside(self, record: Recording) -> set[str]:
        """Return the tracks of the release that a record stands on which other records of it were given: no track stands there twice."""
        if not record.release:
            return set()
        placed = dict(self.on_release.get(record.release, {})) | {t: place for r, t, place in self._seen if r == record.release}
        return {track for track, place in placed.items() if place != record.locator}

    def saw(self, release: str, track: str, place: str) -> None:
        """Note which track a record of a release was given."""
        self._seen.append((release, track, place))

    def written(self) -> None:
        """Take over what the batch at hand placed, once it is written: a batch that failed is placed anew."""
        for release, track, place in self._seen:
            self.on_release[release][track] = place
        self._seen = []
        for release in list(self.on_release)[: max(0, len(self.on_release) - RELEASES_KEPT)]:
            del self.on_release[release]


class Desk:
    """Places the records of one batch in their order. `keep` writes, after the batch, where they were put."""

    def __init__(self, session: Session, placing: Placing, records: Sequence[Recording], works: Sequence[Work]) -> None:
        self.session, self.placing, self.waiting = session, placing, 0
        self.known = finding.Catalogue(session, records, works)
        self.before = finding.placed(session, records)
        self.placed: dict[str, str] = {}

    def place(self, record: Recording, left_out: list[str]) -> Track | None:
        """Return the track of a record; None where it waits for a person, or no track fits and none may be made (put into `left_out`)."""
        content = content_of(record)
        where, track = self._before(content) or self._found(record)
        if where == "ask":
            self.waiting += 1
            return None
        if where == "none" and not self.placing.new_tracks:
            what = f"no track fits {record.title!r} by {record.artist_credit!r}"
            left_out.append(f"{record.locator}: {what}; let new tracks be made to load it (--new-tracks)")
            return None
        track = track or self._new_track(record, content)
        self.known.put(track, record.identifiers, record.works, years_of(record))
        if record.release:
            self.placing.saw(record.release, track.id, record.locator)
        if (not record.identifiers or self.before.get(content) == NEW) and self.before.get(content) != track.id:
            self.placed[content] = self.before[content] = track.id
        return track

    def keep(self) -> None:
        """Keep where the records of this batch were put that carry no identifier by which they are found again."""
        finding.keep_placements(self.session, self.placing.source.key, self.placed, self.placing.intake)

    def _before(self, content: str) -> tuple[str, Track | None] | None:
        """Return where the very same record was put before, or that it waits; None for one that is new."""
        given = self.before.get(content)
        if given is None:
            return None
        if given in {"", NEW}:
            return ("ask", None) if not given else ("none", None)
        try:
            return "found", self.known.get(given)
        except TrackNotFound:  # it was taken back
            return None

    def _found(self, record: Recording) -> tuple[str, Track | None]:
        """Return ("found", track), ("ask", None) after keeping the case, or ("none", None)."""
        identified = self.known.identified(record)
        if identified:
            where, matches = best(record, identified)
            matches = matches or [_match(record, known) for known in identified]
        else:
            beside = self.placing.beside(record)
            likely = [known for known in self.known.candidates(record) if known.track.id not in beside]
            where, matches = best(record, likely) if record.artist_credit else self._by_title(record, likely)
        if where == "found":
            return where, matches[0].track
        if where == "ask" or identified:
            self._ask(record, matches)
            return "ask", None
        return "none", None

    def _ask(self, record: Recording, matches: Sequence[Match]) -> None:
        finding.put_case(self.session, record, matches, now())

    def _by_title(self, record: Recording, likely: Sequence[Known]) -> tuple[str, list[Match]]:
        """A title alone joins nothing, but a person may know."""
        found = [_match(record, k, "no artist is named") for k in likely if title_key(k.track.title) == title_key(record.title)][:5]
        return ("ask" if found else "none"), found


    def _new_track(self, record: Recording, content: str) -> Track:
        """Return a track for a record that speaks of none. Its id follows from what the record says, so that it is made but once."""
        slug = "-".join(words(f"{record.title} {record.artist_credit}"))[:80]
        slug = re.sub(r"[^a-z0-9-]+", "", slug).strip("-") or "track"
        uid = f"{slug}-{_digest(*(record.identifiers[0] if record.identifiers else (record.source, content)))}"
        if record.identifiers and self.known.has(uid):  # a person said that it is another song under the same identifier
            uid = f"{slug}-{_digest(record.source, content)}"
        return Track(
            id=uid, recording=f"rec-{uid}", title=full_title(record), artist_credit=record.artist_credit or "[unknown]",
            length_ms=record.length_ms, first_release_date=record.released,
        )  # fmt: skip


def _digest(*identity: str) -> str:
    return hashlib.sha256("\x1f".join(identity).encode()).hexdigest()[:8]


def _match(record: Recording, known: Known, *differs: str) -> Match:
    return Match(track=known.track, score=likeness(record, known.track), differs=differs)
