"""Letters of other scripts, and other forms of letters, that pass for Latin ones: a hand-picked part of Unicode's confusables.

Only pairs that a reader takes for one another in running text; letters that merely resemble (Я for R) are not among them.
"""

from __future__ import annotations

_PAIRS = (
    # Cyrillic
    ("аеорсухѕіјԁһӏԛԝѵкмтвг", "aeopcyxsijdhlqwvkmtbr"),
    ("АВЕКМНОРСТУХЅІЈԌҮԚԜ", "ABEKMHOPCTYXSIJGYQW"),
    # Greek
    ("οανρυικτεηγωχϲϳ", "oavpuikteny" + "wxcj"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC"),
    # Armenian
    ("օոսհցզյքՏՕԼՍ", "onuhgqjpSOLU"),
    # Cherokee
    ("ᎠᎡᎢᎪᎫᎬᎳᎷᎻᎽᏀᏃᏕᏙᏚᏞᏟᏢᏦᏴᎥᏒ", "DRTAJEWMHYGZSVSLCPKBiR"),
    # Lisu
    ("ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "BPDTGKJCZFMNLSRVHWXYAEIOU"),
    # Coptic
    ("ⲟⲣⲥⲭⲓⲕⲙⲛⲧⲁ", "opcxikmnta"),
    # Canadian syllabics
    ("ᗩᗷᑕᗪᗴᖴᕼᒍᒪᗰᑎᑭᖇᑌᐯᗯ᙭", "ABCDEFHJLMNPRUVWX"),
    # small capitals and other forms within Latin
    ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢıɑɡ", "abcdefghijklmnoprstuvwyziag"),
    # letters on their heads
    ("ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ", "acefghijkmrtvwy"),
)
LATIN: dict[str, str] = {other: latin for others, latins in _PAIRS for other, latin in zip(others, latins, strict=True)}
