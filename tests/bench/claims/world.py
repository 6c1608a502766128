"""Songs that never were, each with typed facts in the shape of `songstory check --jsonl`. One seed, one world."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

FIRST = """Ana Marcus Siobhán Desmond Lucía Theo Priya Ingrid Walter Noor Émile Grace Hakim Odette Ruben Clara Bjørn Tessa
Otis Maeve Kofi Yuki Leopold Frances Dario Wren Gustav Paloma Cyrus Edith Tomasz Rosalind Jerome Anouk Silas Mireille""".split()
LAST = """Okafor Lindqvist O'Rourke Bellweather Marchetti Dunne Castellanos Whitfield Nakamura Prideaux Achebe Holloway
Vandenberg Sørensen Quill Abernathy Ferreira Thackeray Moreau Steinbeck-Hall Varga Pennington Oyelaran Delacroix Kowalczyk
Ashdown Mbeki Lockhart Fontaine Rasmussen Tillman Ibarra Greaves Haddad McAllister Winterbourne""".split()
STAGE = [
    "Nite Owl",
    "KR3W",
    "Big Delray",
    "Lil Harbor",
    "DJ Marrow",
    "Vesper",
    "Soda & Lime",
    "The Paper Kites Club",
    "Mr. Cinder",
    "JUNE-B",
]
BANDS = [
    "The Copper Lanterns",
    "Glass Harbour",
    "Northern Static",
    "The Velvet Anchors",
    "Mothlight",
    "Harbour & Vine",
    "Los Faroles",
    "The Ninth Parish",
    "Telegraph Hill",
    "Sister Monsoon",
    "Kid Meridian",
    "The Salt Choir",
]
TITLES = [
    "Paper Boats",
    "Midnight Ferry",
    "Why Wait for Rain",
    "Carousel",
    "Seventeen Lanterns",
    "Don't Name the River",
    "Copper Sky",
    "One More Harbour",
    "Letters to Lena",
    "The Long Way Down",
    "Static Heart",
    "Ready or Never",
    "Low Tide",
    "Marigold",
    "Half a Map",
    "Sunday Engines",
    "Violet Hours",
    "Hold the Line Open",
    "Glasshouse",
    "Every Winter",
    "Salt",
    "Dancing on Concrete",
]
ALBUMS = [
    "Night Cartography",
    "Everything After Rain",
    "The Quiet Parade",
    "Red Telephone",
    "Weather Systems",
    "Small Empires",
    "Lanterns at Noon",
    "Borrowed Light",
    "A House of Doors",
    "Tidal",
    "North of Nowhere",
]
CHARTS = [
    ("Billboard Hot 100", "the United States"),
    ("UK Singles Chart", "the United Kingdom"),
    ("Irish Singles Chart", "Ireland"),
    ("ARIA Singles Chart", "Australia"),
    ("Dutch Top 40", "the Netherlands"),
    ("Canadian Hot 100", "Canada"),
    ("Hot R&B/Hip-Hop Songs chart", "the United States"),
    ("Official German Charts", "Germany"),
]
LABELS = ["Parlance Records", "Blue Door", "Capstan Records", "Meridian", "Ostrich Recordings", "Stax & Sons", "Hollow Tree Records"]
STUDIOS = [
    "Abbott Street Studios",
    "Electric Barn",
    "the Record Mill",
    "Sound Foundry",
    "Studio Nine",
    "Harbourside Studios",
    "Tidewater Sound",
]
CITIES = ["London", "Nashville", "Kingston", "Stockholm", "Toronto", "Los Angeles", "Lagos", "Philadelphia"]
FILMS = ["Summer of Glass", "The Last Ferryman", "Night Bus", "Two for the Coast", "Paper Moons"]
AWARDS = [
    ("Best Pop Vocal Performance", "Grammy Awards"),
    ("Song of the Year", "Brit Awards"),
    ("Record of the Year", "Juno Awards"),
    ("Best Video", "MTV Video Music Awards"),
    ("Best Contemporary Song", "Ivor Novello Awards"),
]
BODIES = [("RIAA", "the United States"), ("BPI", "the United Kingdom"), ("ARIA", "Australia"), ("Music Canada", "Canada")]
LEVELS = ["gold", "platinum", "double platinum", "silver", "triple platinum"]
KEYS = ["C major", "A minor", "E-flat major", "F-sharp minor", "D major", "B-flat minor", "G major"]
GENRES = ["synth-pop", "soul", "folk rock", "country", "disco", "power pop", "reggae"]
INSTRUMENTS = ["guitar", "bass", "drums", "piano", "cello", "saxophone", "keyboards", "trumpet", "violin"]
PARTS = ["backing vocals", "lead vocals", "background vocals", "harmony vocals"]
CRITICS = [("Polly Marsden", "The Herald"), ("Aaron Fitch", "Melody Post"), ("Jun Watanabe", "Sound Weekly"), ("Rob Tenby", "The Courier")]
QUOTES = [
    "a hymn for people who miss the last train",
    "three minutes of weather",
    "the sound of a city holding its breath",
    "too clever by half and twice as catchy",
    "a chorus you could park a bus in",
]
THEMES = ["leaving home", "a friend who moved away", "growing old in a small town", "a strike at a shipyard", "unrequited love"]
SPARKS = ["a postcard from Lisbon", "the novel The Sea Wall", "a night train to Bergen", "a photograph of a lighthouse keeper"]
NAMESAKES = ["a street in Leeds", "a racehorse", "the ferry to Bergen", "a hotel in Havana"]
ROLES = """engineer mixer mastering_engineer arranger video_director featured_artist co_producer executive_producer remixer conductor
programmer""".split()
CREDITS = {*ROLES, "writer", "composer", "lyricist", "producer", "instrument", "vocal"}
LISTS = ["The 100 Best Songs of the Decade", "500 Essential Singles", "The 50 Finest Debut Singles"]


@dataclass
class Song:
    """A song and its facts by predicate."""

    title: str
    artist: str
    facts: list[dict[str, Any]] = field(default_factory=list)

    def of(self, predicate: str) -> list[dict[str, Any]]:
        return [f for f in self.facts if f["predicate"] == predicate]

    def add(self, predicate: str, value: object, aliases: list[str] | None = None, **qualifiers: object) -> None:
        key = f"f{len(self.facts) + 1}"
        self.facts.append(
            {
                "key": key,
                "predicate": predicate,
                "subject": self.title,
                "value": value,
                "aliases": aliases or [],
                "qualifiers": qualifiers,
                "status": "stands",
                "quote": None,
            }
        )


def person(dice: Random) -> tuple[str, list[str]]:
    """Return a name and its aliases."""
    if dice.random() < 0.1:
        return dice.choice(STAGE), []
    first, last = dice.choice(FIRST), dice.choice(LAST)
    name = f"{first} {last}" if dice.random() > 0.1 else f"{first} {dice.choice('BJMT')}. {last}"
    aliases = [f"{first[0]}. {last}"] if dice.random() < 0.2 else []
    return name, aliases


def people(dice: Random, count: int, taken: set[str]) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    while len(found) < count:
        name, aliases = person(dice)
        last = name.split()[-1]
        if last not in taken:
            taken.add(last)
            found.append((name, aliases))
    return found


def date(dice: Random, year: int) -> str:
    return f"{year}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"


def song(dice: Random) -> Song:
    """Return one song. A namesake is another song with the same title."""
    taken: set[str] = set()
    artist = dice.choice(BANDS) if dice.random() < 0.5 else people(dice, 1, taken)[0][0]
    made = Song(dice.choice(TITLES), artist)
    year = dice.randint(1961, 2023)
    _credits(made, dice, iter(people(dice, 18, taken)))
    _record(made, dice, year)
    _relations(made, dice, year)
    _afterlife(made, dice, year)
    return made


def _credits(made: Song, dice: Random, spare: Iterator[tuple[str, list[str]]]) -> None:
    writers = [next(spare) for _ in range(dice.choice([1, 2, 2, 3]))]
    producers = [next(spare) for _ in range(dice.choice([1, 1, 2]))]
    if dice.random() < 0.25:
        producers[0] = writers[0]
    if dice.random() < 0.6:
        for name, aliases in writers:
            made.add("writer", name, aliases)
    else:
        made.add("composer", *writers[0])
        made.add("lyricist", *next(spare))
    for name, aliases in producers:
        made.add("producer", name, aliases)
    for role in dice.sample(ROLES, 6):
        made.add(role, *next(spare))
    for name, aliases in [next(spare), next(spare)]:
        made.add("instrument", name, aliases, instrument=dice.choice(INSTRUMENTS))
    made.add("vocal", *next(spare), part=dice.choice(PARTS))


def _record(made: Song, dice: Random, year: int) -> None:
    made.add("recorded_on", date(dice, year - 1))
    made.add("recorded_at", dice.choice(STUDIOS), date=f"{year - 1}-{dice.randint(1, 12):02d}")
    made.add("released", date(dice, year))
    made.add("label", dice.choice(LABELS))
    for chart, region in dice.sample(CHARTS, 2):
        extra: dict[str, object] = {"chart": chart, "region": region}
        position = dice.choice([1, 1, 2, 3, 7, 12, 24, 58])
        if dice.random() < 0.5:
            extra["date"] = date(dice, year)
        if dice.random() < 0.5:
            extra["weeks" if position == 1 else "weeks_total"] = dice.randint(2, 9) if position == 1 else dice.randint(10, 30)
        made.add("charted", position, **extra)
    body, region = dice.choice(BODIES)
    made.add("certified", dice.choice(LEVELS), by=body, region=region, **({"date": date(dice, year + 1)} if dice.random() < 0.5 else {}))
    prize, event = dice.choice(AWARDS)
    made.add("award", prize, event=event, year=str(year + 1), result=dice.choice(["won", "nominated"]))
    made.add("tempo", dice.randint(62, 180))
    made.add("key", dice.choice(KEYS))
    made.add("duration", dice.randint(121, 420))
    made.add("genre", dice.choice(GENRES))
    made.add(
        "track_on", dice.choice(ALBUMS), **({"position": f"track {dice.randint(2, 12)}"} if dice.random() < 0.4 else {}), year=str(year)
    )
    made.add("single_from", made.of("track_on")[0]["value"], ordinal=dice.choice(["lead", "second", "third", "fourth"]))


def _relations(made: Song, dice: Random, year: int) -> None:
    other = [t for t in TITLES if t != made.title]
    a, b, c, d, e = dice.sample([x for x in BANDS if x != made.artist], 5)
    t1, t2, t3 = dice.sample(other, 3)
    made.add("samples", t1, artist=a, year=str(year - dice.randint(8, 30)))
    made.add("sampled_by", t2, artist=b, year=str(min(2025, year + dice.randint(2, 20))))
    made.add("covers", c, year=str(year - dice.randint(5, 30)))
    made.add("covered_by", d, year=str(min(2025, year + dice.randint(1, 20))))
    made.add("remixed_by", e, year=str(min(2025, year + 1)))
    made.add("b_side_of", t3)
    made.add("named_after", dice.choice(NAMESAKES))
    made.add("signed_to", dice.choice(LABELS), agent=made.artist)


def _afterlife(made: Song, dice: Random, year: int) -> None:
    made.add("sold", dice.choice([250000, 500000, 1000000, 2000000, 3500000]), modifier="over")
    critic, paper = dice.choice(CRITICS)
    made.add("described_as", dice.choice(QUOTES), by=critic, publication=paper)
    made.add(
        "ranked",
        dice.randint(2, 99),
        list=dice.choice(LISTS),
        by=dice.choice(["Rolling Stone", "Sound Weekly", "Melody Post"]),
        year=str(min(2025, year + 5)),
    )
    made.add("featured_in", dice.choice(FILMS), medium="film", year=str(min(2025, year + 3)))
    made.add("written_for", dice.choice(FILMS), medium="film")
    made.add("video_location", dice.choice(CITIES), prep="in")
    made.add("about", dice.choice(THEMES))
    made.add("inspired_by", dice.choice(SPARKS))
    made.add(
        "performed_at",
        dice.choice(["the Apollo Theater", "Glastonbury", "The Late Show", "the Brit Awards"]),
        by=made.artist,
        date=date(dice, year),
        prep="at",
    )


def songs(seed: int, count: int) -> list[Song]:
    dice = Random(seed)
    return [song(dice) for _ in range(count)]
