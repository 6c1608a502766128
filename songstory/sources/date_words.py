"""The words by which people date things, in English, German, French, Spanish, Italian, Portuguese and Dutch; all without accents."""

from __future__ import annotations


def _numbered(rows: str) -> dict[str, int]:
    return {word: number for number, row in enumerate(rows.strip().splitlines(), start=1) for word in row.split()}


MONTHS = _numbered(
    """
    january jan januar janner janvier janv enero ene gennaio gen genn janeiro januari
    february feb februar feber fevrier fevr fev febrero febbraio febbr fevereiro februari febr
    march mar marz maerz mrz mars marzo marco maart mrt
    april apr avril avr abril abr aprile
    may mai mayo maggio mag magg maio mei
    june jun juni juin junio giugno giu junho
    july jul juli juillet juil julio luglio lug julho
    august aug aout agosto ago agos augustus
    september sep sept septembre septiembre setiembre set settembre sett setembro
    october oct oktober okt octobre octubre ottobre ott outubro out
    november nov novembre noviembre novembro
    december dec dezember dez decembre diciembre dic dicembre dezembro
    """
)
SEASONS = _numbered(
    """
    spring fruhling fruehling fruhjahr fruehjahr printemps primavera voorjaar lente
    summer sommer ete verano estate verao zomer
    autumn fall herbst automne otono autunno outono herfst najaar
    winter hiver invierno inverno
    """
)
WEEKDAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
    lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim
    lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom
    lunedi martedi mercoledi giovedi venerdi sabato domenica gio
    segunda-feira terca-feira quarta-feira quinta-feira sexta-feira
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    """.split()
)
# What stands between the parts of a date and says nothing: "the 1st of July", "1 de julio de 1982", "am 26. September".
FILLERS = frozenset("the of on in den der des dem am im le la el il du de del di do da em en year jahr".split())
# Decades by their tens. Of the twenties and the tens nobody can say which century is meant; the others were but once since records exist.
DECADES = {
    word: 30 + 10 * tens
    for tens, row in enumerate(
        """
        thirties dreissiger dreißiger trente treinta trenta dertig
        forties vierziger quarante cuarenta quaranta quarenta veertig
        fifties funfziger fuenfziger cinquante cincuenta cinquanta cinquenta vijftig
        sixties sechziger soixante sesenta sessanta sessenta zestig
        seventies siebziger septante setenta settanta zeventig
        eighties achtziger ochenta ottanta oitenta tachtig
        nineties neunziger noventa novanta negentig
        """.strip().splitlines()
    )
    for word in row.split()
}
ABOUT = """c ca cca circa approx approximately about around roughly estimated um etwa ungefahr zirka gegen vers environ hacia aprox
    aproximadamente verso cerca omstreeks rond ongeveer"""
ABOUT_PHRASES = ("some time around", "sometime around", "autour de", "alrededor de", "intorno al", "por volta de", "cerca de", "au tour de")
PERHAPS = """probably possibly perhaps maybe presumably likely uncertain unconfirmed vermutlich wahrscheinlich wohl vielleicht probablement
    peut-etre probablemente quizas forse probabilmente provavelmente talvez waarschijnlijk misschien"""
PARTS_OF = """early mid middle late beginning start end anfang mitte ende spat fruh debut milieu fin finales principios mediados inizio meta
    fine inicio meados final begin midden eind"""
BEFORE = """before until till by vor bis avant jusqu'en jusqu'a antes hasta prima entro ate voor tot pre"""
BEFORE_PHRASES = ("no later than", "not later than", "at the latest", "antes de", "prima del", "prima di", "au plus tard")
AFTER = """after since from nach seit ab apres depuis desde despues dopo dal apos depois na sinds vanaf post"""
AFTER_PHRASES = ("no earlier than", "not before", "not earlier than", "despues de", "dopo il", "a partir de", "depois de")
BETWEEN = "between from zwischen von vom entre de du des del desde tra fra dal da tussen van"
OR = "or oder ou o of oppure ofwel"
TO = "to through thru until till bis a al au ate hasta tot"
AND = "and und et y e en"
