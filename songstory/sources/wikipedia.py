"""Wikipedia: song articles from the REST summary, `action=query` or `action=parse`, as text or wikitext, with their facts.

The infobox is read first, then the sentences, section by section. Passages are kept as evidence with revision and licence (CC
BY-SA); the facts are our own short statements with the exact words they rest on. An article that is not about a song is named and
passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from songstory import brackets
from songstory.errors import BadRecord
from songstory.models import Entity, Source
from songstory.patterns import lazy
from songstory.records import Excerpt, Passed, Recording, Statement
from songstory.sources import http, song_box, wikitext
from songstory.sources.extraction import extract, full_names
from songstory.sources.shapes import entity, obj, objs, text
from songstory.sources.wikitext import Box
from songstory.vocabulary import PREDICATES

SOURCE = Source(
    key="wikipedia", name="Wikipedia", licence="CC BY-SA 4.0", licence_url="https://creativecommons.org/licenses/by-sa/4.0/",
    attribution="Wikipedia contributors", url="https://en.wikipedia.org/", trust=60, independent_group="wikimedia",
)  # fmt: skip
API = "https://en.wikipedia.org/w/api.php"
SKIPPED = frozenset(
    part.strip()
    for part in """
    references, notes, external links, see also, further reading, bibliography, track listing, track listings, charts, weekly charts,
    formats and track listings, year-end charts, certifications, release history, footnotes, sources, citations
    """.split(",")
)
# What an article is about, by the noun that its first sentence calls it: "is a duet recorded by American singers", "is an instrumental
# rock band". A noun that only goes before another, as "song" does in "song contest", is none of the two.
_HEAD = (
    r"(?!(?:[\s-]++(?!by|from|of|for|to|with|in|on|at|and|or|the|a|an|that|which|recorded|performed|written|sung|released|featuring)\w++)?[\s-]++"
    r"(?:albums?|bands?|groups?|duo|trio|EP|ensemble|artist|singer|musician|writer|songwriter|producer|contest|competition|festival|cycle|"
    r"book|collection|film|park|relay|show|series|magazine|label|chart)\b)"
)
_SONG = lazy(
    r"\b(?:is|was|are)\s+(?:a|an|the|one of|his|her|their)\b[^.]{0,160}?\b(?:songs?|singles?|ballad|instrumental|hymn|carol|anthem|tune|composition|"
    r"track|recording|piece|duet|cover|remake|rendition|medley|mash-?up|theme|lullaby|spiritual|shanty|jingle|collaboration|posse cut|remix|number|record)\b" + _HEAD
)
_NOT_SONG = lazy(
    r"\b(?:is|was|are|were)\s+(?:a|an|the)\b[^.]{0,60}?\b(?:albums?|EP|films?|bands?|singers?|musicians?|authors?|company|label|duo|group|novel|"
    r"persons?|songwriters?|actor|actress|composers?|lyricists?|poets?|rappers?|pianists?|guitarists?|drummers?|DJs?|producers?|"
    r"contest|festival|series|show|musical|play|park)\b(?![\s-]++(?:tunes?|songs?|singles?|tracks?|themes?|numbers?|anthems?|ballads?|duets?)\b)"
)
# Where the first sentences name who made the record, the surest wording first; who wrote it is not who made it.
_BY = (
    lazy(r"\b(?:recorded|performed|sung)(?: and (?:released|performed|recorded))? by (?P<who>[^.;]{2,140})"),
    lazy(r"\b(?:song|single|ballad|instrumental|track|recording) by (?P<who>[^.;]{2,140})"),
    lazy(r"\b(?:song|single|track)\b[^.;\"]{0,40}? (?:from|on|off|issued on) (?P<who>[^.;\"]{2,90}?)['’]s?\s"),
)
_NAME = lazy(r"[A-Z0-9][\w'’.$!-]*(?:\s+(?:[A-Z0-9][\w'’.$!-]*|of|the|and(?=\s+(?:the|The)\s+[A-Z])|&))*")


@dataclass(frozen=True)
class Article:
    """An article as text: sections with their headings, the revision and the infobox when the answer holds one."""

    title: str
    sections: tuple[tuple[str, str], ...]
    revision: str = ""
    licence: str = ""
    infobox: tuple[tuple[str, str], ...] = ()
    box: Box | None = None


def fetch(client: http.Client, title: str) -> Any:
    """Return the article as `action=query` gives it, plain and whole, with its wikitext. Raise SourceError, SourceUnavailable."""
    params = {
        "action": "query", "format": "json", "formatversion": "2", "prop": "extracts|info|revisions", "explaintext": "1", "redirects": "1",
        "rvprop": "content", "rvslots": "main", "titles": title,
    }  # fmt: skip
    return client.json(API, params)


def parse(data: Any, name: str = "wikipedia", line: int = 1) -> Iterator[Recording | Passed | BadRecord]:
    """Yield a recording for each article about a song, with a passage a section and the facts its infobox and sentences plainly say."""
    found = False
    for article in articles(data):
        found = True
        if recording := record(article):
            yield from (s for s in _boxed(article) if isinstance(s, Passed))
            yield recording
        else:
            yield BadRecord(name, line, f"{article.title or 'article'}: not about a song, single or composition; passed over")
    if not found:
        yield BadRecord(name, line, "line: expected a summary, an extract or a parsed page of Wikipedia, found none with text")


def articles(data: Any) -> Iterator[Article]:
    """Yield the articles of an answer, whichever of the known shapes it has."""
    pages = obj(data, "query").get("pages")
    for page in pages if isinstance(pages, list) else list(pages.values()) if isinstance(pages, dict) else []:
        if text(page, "title"):
            yield from _page(page)
    if obj(data, "parse"):
        yield from _page(obj(data, "parse"))
    elif isinstance(data, dict) and isinstance(data.get("sections"), list):
        parts = tuple((text(s, "heading") or "Lead", str(s.get("text") or "")) for s in objs(data, "sections"))
        yield _article(data, parts, _wikitext(data), licence="CC BY-SA 3.0")
    elif isinstance(data, dict) and isinstance(data.get("extract"), str):
        yield _article(data, (("Lead", data["extract"]),), _wikitext(data))
    elif isinstance(data, dict) and isinstance(data.get("text"), str) and text(data, "title"):
        yield _article(data, (("Lead", data["text"]),), _wikitext(data), licence="CC BY-SA 3.0")
    elif isinstance(data, dict) and text(data, "title"):
        yield from _page(data)


def _page(page: Any) -> Iterator[Article]:
    """Yield a page by its extract, or else by its wikitext; none where it has neither."""
    wiki, plainly = _wikitext(page), page.get("extract") if isinstance(page, dict) else None
    if isinstance(plainly, str):
        yield _article(page, _sections(_plain(plainly)), wiki)
    elif wiki:
        yield _article(page, _sections(plain(wiki)), wiki)


def _article(page: Any, sections: tuple[tuple[str, str], ...], wiki: str, licence: str = "") -> Article:
    revision = next((str(page[k]) for k in ("lastrevid", "revid", "revision") if isinstance(page.get(k), int | str) and page[k]), "")
    more = (tuple(infobox(wiki)), wikitext.first(wiki)) if wiki else ((), None)
    return Article(text(page, "title"), sections, revision, licence, *more)


def _wikitext(page: Any) -> str:
    """Return the wikitext of a page as one of the known shapes has it, "" for none."""
    revisions = objs(page, "revisions")
    slot = obj(obj(revisions[0], "slots"), "main") if revisions else {}
    for holder in (page, slot, revisions[0] if revisions else {}):
        for key in ("wikitext", "content", "*", "source"):
            found = holder.get(key) if isinstance(holder, dict) else None
            found = found.get("*") if isinstance(found, dict) else found
            if isinstance(found, str) and found.strip():
                return found[:2_000_000]
    return ""


def _boxed(article: Article) -> list[Statement | Passed]:
    """Return what the infobox of a song says, nothing for another."""
    if article.box is None or article.box.kind not in song_box.SONGS:
        return []
    return list(song_box.statements(article.box, article.title))


def record(article: Article) -> Recording | None:
    """Return what an article says of its song, None when it is not about one."""
    title = brackets.without_last(article.title)
    lead = article.sections[0][1] if article.sections else ""
    boxed = dict(article.infobox)
    album = "album" in boxed.get("infobox", "") and "song" not in boxed.get("infobox", "")
    first = lead.strip()[:600]
    not_song = _NOT_SONG.search(first)
    song = _SONG.search(first) or re.search(r"\bsong\b", first if re.search(r"\bsong\)$", article.title) else "")
    if not title or album or not song or (not_song is not None and not_song.end() < song.end()):
        return None
    kept = told(article)
    whole = "\n".join(t for _, t in kept)
    excerpts = []
    said = [s.model_copy(update={"object": own(article.title, s)}) for s in _boxed(article) if isinstance(s, Statement)]
    boxed_values = {(s.predicate, s.value) for s in said}
    for number, (heading, passage) in enumerate(kept):
        found = (s for paragraph in passage.split("\n") for s in extract(paragraph, article.title))
        statements = [s for s in found if (s.predicate, s.value) not in boxed_values]
        if statements:
            key = f"s{number}"
            locator = f"{article.title} § {heading}"
            excerpts.append(Excerpt(key=key, text=passage, locator=locator, licence=article.licence, revision=article.revision))
            said += [s.model_copy(update={"excerpt": key, "object": own(article.title, s)}) for s in full_names(statements, whole)]
    credit = artist(article)
    return Recording(
        source=SOURCE.key, locator=article.title, title=title, artist_credit=credit, revision=article.revision,
        identifiers=(("wikipedia", article.title),), statements=tuple(said), excerpts=tuple(excerpts),
        artists=(entity(f"wp-{article.title}-{credit}", "artist", credit),) if credit else (),
    )  # fmt: skip


def own(title: str, said: Statement) -> Entity | None:
    """Return the person or label of a statement under an id of this article alone: a name in prose has no other identity."""
    if PREDICATES[said.predicate].value != "name":
        return None
    return entity(f"wp-{title}-{said.value}", "label" if said.predicate == "label" else "person", str(said.value))


def told(article: Article) -> list[tuple[str, str]]:
    """Return the sections that tell of the song, without lists of references, charts and tracks."""
    return [(h, t) for h, t in article.sections if h.casefold() not in SKIPPED and t.strip()]


def artist(article: Article) -> str:
    """Return the artist credit of a song's article: from its title, its infobox or the first sentence."""
    match = re.search(r"\(([^()]+?) (?:song|single|instrumental|composition)\)$", article.title)
    if match and not match[1].isdecimal() and match[1] not in {"Christmas", "traditional"}:
        return match[1]
    field = article.box.fields.get("artist") if article.box else None
    if field is not None and field.items:
        return " & ".join(wikitext.free(i) for i in field.items[:3])
    if boxed := dict(article.infobox).get("artist"):
        return boxed
    lead = article.sections[0][1][:500] if article.sections else ""
    found = next((m for pattern in _BY if (m := pattern.search(lead))), None)
    if found is None or "<unk>" in found["who"]:
        return ""
    who = re.split(r"(?:,\s++(?:who|which|from|featuring|for|released|and\s++(?:released|produced|written))|(?<!\s)\s++(?:from|for|on|off|that|which|in|featuring|"
                   r"released|and (?:released|produced|written|was))\b)", found["who"])[0]  # fmt: skip
    names = [n for n in _NAME.findall(re.sub(r"\([^)]{0,140}\)", "", who)) if not _NATION.fullmatch(n)]
    return " & ".join(_NATION_FIRST.sub("", n).strip(" .,") for n in names[:3] if len(n) > 1)


_NATION_WORD = (
    r"(?:American|British|English|Irish|Scottish|Welsh|Canadian|Australian|New Zealand|Swedish|Norwegian|Danish|Finnish|Dutch|Belgian|French|German|"
    r"Italian|Spanish|Portuguese|Brazilian|Mexican|Colombian|Puerto Rican|Cuban|Chilean|Argentine|Japanese|South Korean|Korean|Chinese|Indian|"
    r"Trinidadian|Barbadian|Jamaican|Nigerian|South African|Russian|Ukrainian|Polish|Czech|Hungarian|Romanian|Greek|Turkish|Israeli|Icelandic|"
    r"R&B|DJ|Latin|Christian|K-pop|J-pop)"
)
_NATION = lazy(rf"{_NATION_WORD}(?:[-–\s]{_NATION_WORD})*")
_NATION_FIRST = lazy(rf"^(?:{_NATION_WORD}[-–\s]+)+")


# text ----------------------------------------------------------------------------------------------------------------


class _Text(HTMLParser):
    """Keeps the text of an HTML extract, headings as == lines ==."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.off = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.off += tag in {"style", "script", "table"}
        self.parts.append({"p": "\n", "li": "\n", "h2": "\n== ", "h3": "\n=== "}.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.off -= tag in {"style", "script", "table"} and self.off > 0
        self.parts.append({"h2": " ==\n", "h3": " ===\n", "p": "\n"}.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self.off:
            self.parts.append(data)


def _plain(extracted: str) -> str:
    if "<" not in extracted:
        return extracted
    reader = _Text()
    reader.feed(extracted)
    return re.sub(r"[ \t]+", " ", "".join(reader.parts))


def _sections(plain_text: str) -> tuple[tuple[str, str], ...]:
    sections: list[tuple[str, list[str]]] = [("Lead", [])]
    for line in plain_text.splitlines():
        heading = _heading(line.strip())
        if heading is not None:
            sections.append((heading, []))
        elif line.strip():
            sections[-1][1].append(line.strip())
    return tuple((heading, "\n".join(lines)) for heading, lines in sections if lines)


def _heading(line: str) -> str | None:
    """Return the heading that a line is, between two to four signs of equality on each side; None for any other line."""
    if len(line) < 5 or not (line.startswith("==") and line.endswith("==")):
        return None
    left = min(4, len(line) - len(line.lstrip("=")))
    right = min(4, len(line) - len(line.rstrip("=")))
    return line[left : len(line) - right].strip()


def plain(wiki: str) -> str:
    """Return wikitext as plain text: templates, references, tables and markup taken out, links as they read."""
    wiki = re.sub(r"<!--.*?(?:-->|\Z)", "", wiki[:2_000_000], flags=re.DOTALL)
    wiki = re.sub(r"<ref[^<>]*/>|<ref[^<>]*>[^<]*(?:<(?!/?ref\b)[^<]*)*</ref>", "", wiki)
    wiki = _without(_without(wiki, "{{", "}}"), "{|", "|}")
    wiki = re.sub(r"\[\[(?:File|Image|Category):[^\[\]]*(?:\[\[[^\[\]]*\]\][^\[\]]*)*\]\]", "", wiki)
    wiki = re.sub(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]", r"\1", wiki)
    wiki = re.sub(r"\[https?://[^\s\[\]]+(?:\s([^\[\]]*))?\]", r"\1", wiki)
    return re.sub(r"'{2,5}|<[^<>]{1,80}>", "", wiki)


def _without(wiki: str, opening: str, closing: str) -> str:
    """Return `wiki` without what stands between the marks, however deep they nest; an unclosed one ends the text."""
    kept, depth, last = [], 0, 0
    for match in re.finditer(re.escape(opening) + "|" + re.escape(closing), wiki):
        if match.group() == opening:
            if depth == 0:
                kept.append(wiki[last : match.start()])
            depth += 1
        elif depth:
            depth -= 1
            last = match.end()
    return "".join([*kept, "" if depth else wiki[last:]])


def infobox(wiki: str) -> Iterator[tuple[str, str]]:
    """Yield the plain fields of an article's infobox, its kind under "infobox"."""
    start = re.search(r"\{\{\s*Infobox\s+([\w ]+)", wiki)
    if start is None:
        return
    yield "infobox", start[1].strip().casefold()
    for match in re.finditer(r"(?m)^[^\S\n]*+\|\s*+(\w[\w ]*+)\s*+=\s*+(.*)$", wiki[start.end() : start.end() + 6_000]):
        value = re.sub(r"\s+", " ", plain(match[2])).strip()
        if value:
            yield match[1].rstrip().casefold(), value
        if match[2].strip().startswith("}}"):
            return
