"""Lies written to break the verifier, 158 of them, about one song: each cites facts that are true and says what they do not.

When first run, 11 of the first 74, 6 of the next 49 and the one after passed. Of 68 written once the wording had been widened,
19 did; the last 34 here are made from them. What let them through was mended for its class.
"""

import pytest

from songstory.checking import check_claim


def _f(predicate: str, value: object, **qualifiers: object) -> dict[str, object]:
    return {"key": f"{predicate}-{value}", "predicate": predicate, "value": value, "qualifiers": qualifiers, "status": "stands"}


FACTS = {
    "W": [_f("writer", "Ana Okafor"), _f("writer", "Ben Quill")],
    "P": [_f("producer", "Cleo Varga")],
    "E": [_f("engineer", "Dan Moss")],
    "X": [_f("mixer", "Eve Lind")],
    "C": [
        _f("charted", 3, chart="UK Singles Chart", region="the United Kingdom", date="1987-05-02", weeks_total=14),
        _f("charted", 1, chart="Irish Singles Chart", region="Ireland", weeks=4),
    ],
    "R": [
        _f("released", "1987-04-20"),
        _f("label", "Blue Door"),
        _f("recorded_on", "1986-11-03"),
        _f("recorded_at", "Sound Foundry", date="1986-11"),
    ],
    "S": [_f("samples", "Low Tide", artist="The Salt Choir", year="1970")],
    "Z": [_f("certified", "gold", by="BPI", region="the United Kingdom", date="1988-01-10")],
    "A": [_f("award", "Best Video", event="MTV Video Music Awards", year="1988", result="nominated")],
    "T": [_f("tempo", 104), _f("key", "A minor"), _f("duration", 245)],
    "Q": [_f("described_as", "three minutes of weather", by="Rob Tenby", publication="The Courier")],
    "V": [_f("video_director", "Gus Pratt")],
    "I": [_f("instrument", "Hal Orr", instrument="bass"), _f("instrument", "Ivy Poe", instrument="drums")],
    "D": [_f("inspired_by", "a train ride"), _f("about", "leaving home")],
    "Y": [_f("sampled_by", "High Water", artist="Mono")],
    "N": [_f("featured_in", "Dusk", kind="film")],
    "F": [_f("featured_artist", "Jo Marr")],
    "L": [_f("track_on", "Tidal", year="1987", position="track 4"), _f("single_from", "Tidal", ordinal="second")],
}
LIES = """
WP | Cleo Varga produced it for Ana Okafor.
WP | Ana Okafor and Ben Quill wrote it for Cleo Varga.
W | Ana Okafor wrote the words and Ben Quill the music.
W | Ben Quill wrote it about Ana Okafor.
P | Cleo Varga produced it at home.
PE | Cleo Varga took over the production from Dan Moss.
PE | Cleo Varga replaced Dan Moss as producer.
EXP | Dan Moss and Eve Lind produced it.
PE | It was produced by Cleo Varga and Dan Moss, who engineered it.
XE | Eve Lind mixed it with Dan Moss.
C | It went to number three on the UK Singles Chart for 14 weeks.
C | It spent 14 weeks at number three on the UK Singles Chart.
C | It was number one on the UK Singles Chart and number three on the Irish Singles Chart.
C | It topped the UK Singles Chart.
C | It was number one in the United Kingdom.
CR | It reached number three on the UK Singles Chart in 1986.
CR | It reached number three on the UK Singles Chart on 20 April 1987.
R | It was released on 3 November 1986.
R | It was recorded on 20 April 1987.
R | It was released at Sound Foundry.
R | Blue Door recorded it at Sound Foundry.
R | It was released by Sound Foundry.
S | It was sampled by The Salt Choir in Low Tide.
S | The Salt Choir sampled it in 1970.
S | The Salt Choir took it from Low Tide.
A | It won Best Video at the MTV Video Music Awards.
A | It took Best Video at the MTV Video Music Awards in 1988.
A | Best Video at the MTV Video Music Awards went to the song.
ZR | It was certified gold in 1987.
Z | It was certified platinum by the BPI.
T | It is in A major.
T | It moves at 245 beats per minute.
T | It runs for 1:04.
Q | Rob Tenby wrote three minutes of it.
QV | Rob Tenby called the video "three minutes of weather".
Q | The Courier gave it "three minutes of weather" stars.
VP | Gus Pratt directed it and produced it.
V | Gus Pratt directed the song.
I | Hal Orr plays drums and Ivy Poe plays bass.
I | Ivy Poe, on bass, and Hal Orr, on drums, play on it.
I | Hal Orr played bass and drums.
L | It is the second track on Tidal.
L | It was the fourth single from Tidal.
L | It opens the album Tidal.
ZR | It was certified gold before it was released.
R | It was released before it was recorded.
R | It was recorded five months after its release.
R | It came out two months after it was recorded on 3 November 1986.
W | Both of its three writers are named.
W | Its only writers are Ana Okafor and Ben Quill.
WP | Ana Okafor, Ben Quill and Cleo Varga wrote it.
PWR | Written and produced by Cleo Varga, it was released by Blue Door.
WP | Cleo Varga, who wrote it, produced it.
WPE | Produced by Cleo Varga, Ana Okafor wrote it with Dan Moss.
PE | It was Dan Moss who produced it and Cleo Varga who engineered it.
PE | With Dan Moss as producer, it was engineered by Cleo Varga.
PE | The producer was Dan Moss, the engineer Cleo Varga.
PE | Producer: Dan Moss; engineer: Cleo Varga.
PE | Engineered by Cleo Varga and produced by Dan Moss.
PE | Cleo Varga's engineering and Dan Moss's production are heard on it.
PE | Dan Moss handled the production while Cleo Varga did the engineering.
P | He produced it.
PW | Cleo Varga produced it and she wrote it.
WP | They wrote it with Cleo Varga.
C | It made the top three in Ireland and number one in the United Kingdom.
R | It is available on Blue Door.
R | It left Blue Door in 1987.
C | It was taken off the Irish Singles Chart after four weeks.
C | It holds the record on the UK Singles Chart.
C | It fell to number three on the UK Singles Chart.
C | It came out of the UK Singles Chart at number three.
L | It was named after Tidal.
WR | It was put out by Ana Okafor.
WR | The label behind it is Mothlight.
R | Ana Okafor put it out on Blue Door.
WP | Cleo Varga wrote it; Ana Okafor and Ben Quill produced it.
WP | The production is by Ana Okafor, the writing by Cleo Varga.
WP | Ana Okafor, its producer, wrote it with Ben Quill.
WP | Ana Okafor and Cleo Varga, its writers, worked with Ben Quill.
WP | Cleo Varga is one of its two writers.
PE | Its two producers are Cleo Varga and Dan Moss.
PE | Dan Moss co-produced it with Cleo Varga.
P | Cleo Varga was the executive producer.
X | Eve Lind mastered it.
EX | Dan Moss mixed and engineered it.
EX | The engineer, Eve Lind, worked with Dan Moss on the mix.
C | It reached number one on the Irish Singles Chart on 2 May 1987.
C | It spent four weeks on the Irish Singles Chart.
C | It spent 14 weeks on the Irish Singles Chart.
C | It reached number three in Ireland.
C | In May 1987 it went to number one.
C | It peaked at number one on the UK Singles Chart after 14 weeks.
WR | Blue Door signed Ana Okafor.
R | It came out on Blue Door in November 1986.
R | It was recorded in April 1987 at Sound Foundry.
R | Recorded and released in November 1986, it was on Blue Door.
SW | Ben Quill samples Low Tide on it.
S | Low Tide by Mothlight is sampled in it.
S | It samples The Salt Choir's Glasshouse.
SR | It was released in 1970.
S | It is a cover of Low Tide by The Salt Choir.
ZA | The BPI nominated it for gold.
ZA | It won gold in the United Kingdom in 1988.
A | MTV Video Music Awards named it Best Video.
T | It is 104 seconds long.
T | It has 245 beats per minute and runs for 104 seconds.
QV | Gus Pratt called it "three minutes of weather".
QV | "Three minutes of weather", said Gus Pratt of Rob Tenby.
IV | Ivy Poe directed the video and Gus Pratt plays drums.
I | Hal Orr sings on it.
I | Hal Orr and Ivy Poe play bass.
L | It is the fourth single and the second track on Tidal.
L | Tidal was released as the second single.
LR | Tidal came out on 20 April 1987.
ZR | It was certified gold a year after it was recorded.
CR | It reached number three before it was released.
R | It was released a week after it was recorded.
WP | Two of its writers, Ana Okafor and Cleo Varga, are credited.
WP | It was written by Okafor and produced by Quill.
W | Mothlight wrote it with Ana Okafor.
P | Mothlight produced it with Cleo Varga.
P | It features Cleo Varga.
R | It was never released.
R | No label but Blue Door released it.
A | It was granted Best Video at the MTV Video Music Awards.
A | The MTV Video Music Awards bestowed Best Video on it.
A | It bagged Best Video at the MTV Video Music Awards.
A | It turned down Best Video at the MTV Video Music Awards.
P | Cleo Varga offered to produce the song.
P | Cleo Varga was offered the production.
WP | Ana Okafor found Cleo Varga, who produced it.
PW | Cleo Varga handed the production to Ana Okafor.
P | Cleo Varga later produced the song.
P | Cleo Varga owes the song.
R | The song was found at Sound Foundry, where it was recorded.
R | Blue Door turned the release down.
P | Cleo Varga engineered the production.
P | Cleo Varga added the mix.
C | It reigned on the UK Singles Chart.
C | It entered the UK Singles Chart at number three.
R | The recording was moved from Sound Foundry.
R | It was dropped by Blue Door.
N | It was made for the film Dusk.
N | The film Dusk was based on the song.
S | The song revisits Low Tide by The Salt Choir.
S | Low Tide recycles the song.
S | The Salt Choir took part of the song.
Y | The song recycles High Water by Mono.
Y | High Water by Mono turns up in the song.
D | A train ride was inspired by the song.
D | The song spurred a train ride.
D | The song was the inspiration for a train ride.
D | Leaving home explores the song.
Z | The BPI earned gold.
I | Jo Marr added drums.
I | On bass is Ivy Poe, on drums Hal Orr.
F | Jo Marr added drums.
X | The final mix is by Dan Moss.
"""
TRUE = """
W | Ana Okafor and Ben Quill wrote it.
WP | Ana Okafor and Ben Quill wrote it, and Cleo Varga produced it.
PE | The producer was Cleo Varga, the engineer Dan Moss.
C | It reached number three on the UK Singles Chart and number one on the Irish Singles Chart.
C | It spent four weeks at number one on the Irish Singles Chart.
R | It was recorded at Sound Foundry in November 1986 and released by Blue Door on 20 April 1987.
R | It was recorded before it was released.
S | It samples "Low Tide", released by The Salt Choir in 1970.
Z | The BPI certified it gold in January 1988.
A | It was nominated for Best Video at the MTV Video Music Awards in 1988.
T | It is in A minor, moves at 104 beats per minute and runs for 4:05.
Q | Rob Tenby of The Courier called it "three minutes of weather".
V | Gus Pratt directed the video.
I | Hal Orr plays bass and Ivy Poe plays drums.
L | It is the fourth track on Tidal and was its second single.
D | A train ride inspired the song.
D | The inspiration for the song was a train ride.
D | The song, which explores leaving home, grew out of a train ride.
Y | High Water by Mono is built on the song.
I | On bass is Hal Orr, on drums Ivy Poe.
"""


def supported(line: str) -> bool:
    letters, text = line.split(" | ")
    evidence = [fact for letter in letters for fact in FACTS[letter]]
    subject = {"title": "Glasshouse", "artist": "Mothlight"}
    return bool(check_claim({"id": 1, "subject": subject, "claim": text, "evidence": evidence})["label"] == "supported")


@pytest.mark.parametrize("line", LIES.strip().splitlines())
def test_a_lie_is_refused(line: str) -> None:
    assert not supported(line)


@pytest.mark.parametrize("line", TRUE.strip().splitlines())
def test_the_truth_beside_it_passes(line: str) -> None:
    assert supported(line)
