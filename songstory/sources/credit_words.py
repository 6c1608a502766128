"""The words around names in credits, in several languages; all folded as `names.fold` folds."""

from __future__ import annotations

from songstory.names import words as fold_words

# What others than the vocabulary's own terms call a role: in a header, in brackets behind a name, before a colon.
ROLES = {
    " ".join(term.split()): role
    for role, terms in {
        "writer": """
            writer|writers|writer s|songwriter|songwriters|songwriter s|author composer|composer author|ca|ac|autor|
            autoren|urheber|words and music|music and lyrics|lyrics and music|written|auteur compositeur|
            auteurs compositeurs|auteurs|auteur|autori|autore|autores|compositores|songschrijver|songwriting|
            writing credits|composer lyricist|komponist textdichter|komponist texter|komponist autor|compositeur auteur|
            compositor letrista|compositore paroliere|musica e testo|musik und text|text und musik|musique et paroles|
            paroles et musique|letra y musica|musica y letra|letra e musica|composer s lyricist s|written by|authors""",
        "composer": """
            composer s|composers|music by|musik|komponist|komponisten|komponist in|komposition|musique|compositeur|
            compositeurs|compositor|compositora|musica|musica di|compositore|compositori|muziek|componist|componisten|
            composed|composed by|c""",
        "lyricist": """
            lyricist s|lyricists|lyrics by|words by|text|texte|textdichter|texter|texterin|liedtext|parolier|paroliers|
            paroles|letra|letras|letrista|testo|testi|paroliere|tekst|tekstschrijver|lyric|lyrics|words|
            lyrics written by""",
        "producer": """
            producer s|producers|produzent|produzenten|produzentin|produzent in|produktion|producteur|producteurs|
            productor|productores|productor a|productora|produtor a|produtora|realisateur artistique|
            produttore|produttori|produtor|produtores|producent|producenten|prod|produced|
            produced by|realisateur|production""",
        "arranger": """
            arranger s|arrangement|arrangements|arrangeur|arreglista|arreglos|arrangiatore|arranjador|arr|arranged|
            arranged by|arrangement by""",
        "mixer": """
            mix engineer|mixed by|mixed|mixing engineer|mischung|mixage|mezclas|mezcla|missaggio|mixagem|mixer s""",
        "mastering_engineer": """
            mastered by|mastered|mastering engineer|mastering|masterizacion""",
        "engineer": """
            engineer s|engineers|recording engineer|recorded by|sound engineer|toningenieur|tonmeister|aufnahme|
            ingenieur du son|ingeniero|engineered""",
        "vocal": """
            vocals|vocal|lead vocals|lead vocal|vocalist|singer|gesang|sanger|sangerin|chant|voz|voces|voce|zang|
            voix|vox""",
        "featured_artist": """
            featured artist s|featured artists|featured artist|featuring|feat|ft|featured|guest|guests|guest artist|
            gastkunstler|invite|invitado""",
        "performer": """
            performer s|performed by""",
        "remixer": """
            remixer s|remix by|remixed by""",
        "label": """
            label|record label|imprint|plattenlabel|plattenfirma|label name|sello|sello discografico|etichetta|
            etichetta discografica|gravadora|selo|maison de disques|platenlabel|platenmaatschappij|distribution label|
            vo label""",
        "conductor": """
            conducted by|dirigent|chef d orchestre|director de orquesta|direttore d orchestra""",
        "programmer": """
            programmed by|programmierung|programmation""",
        "executive_producer": """
            executive producer s|executive producers""",
        "co_producer": """
            co producer s|co producers|co produced by""",
    }.items()
    for term in terms.split("|")
}
INSTRUMENTS = frozenset(
    """
    guitar guitars bass drums drum piano keyboards keyboard keys synthesizer synth organ violin viola cello harp flute clarinet oboe
    saxophone sax trumpet trombone tuba horn percussion banjo mandolin ukulele harmonica accordion fiddle sitar vibraphone congas bongos
    gitarre gitarren
    schlagzeug klavier geige trompete guitare batterie basse guitarra bateria bajo baixo chitarra batteria basso pianoforte gitaar drumstel
    """.split()
)
# A name that follows upon one of these belongs to what stands before it: "Tyler, The Creator", "Sly and the Family Stone".
ARTICLES = frozenset("the his her their los las les die das der his' our my zu".split())
SUFFIXES = frozenset("jr sr ii iii iv md phd esq obe cbe mbe junior senior".split())
# What a cell says that names nobody, beside what counts as empty everywhere.
NOBODY = frozenset(
    fold_words(name)
    for name in """
        trad|traditional|traditionell|traditionnel|tradicional|tradizionale|traditioneel|volksweise|volkslied|anon|
        anonymous|anonym|anonimo|anonyme|pd|p.d.|public domain|domaine public|dominio publico|gemeinfrei|various|
        various artists|various writers|va|v.a.|diverse|diverse interpreten|verschiedene|varios|et al|u.a.|others|
        and others|more|and more|etc|et alii|copyright control|control|no writer|not applicable|not available|
        to be confirmed|to follow|folgt|wird nachgereicht|a suivre|see contract|see notes|siehe vertrag|d.p.|domaine public|
        to be announced|pending|keine|ninguno|aucun|nessuno|none credited|uncredited|unbekannt|
        inconnu|desconocido|desconhecido|sconosciuto|onbekend|unknown writer|unknown artist|unknown producer|n/a|none|
        null|nan|unknown|tbc|tba|tbd|writer unknown
    """.split("|")
)
# Words that limit or doubt what a name did, so that the role of the column would say too much of it.
DOUBTS = frozenset(
    """assistant asst uncredited alleged allegedly disputed unconfirmed tbc tbd pending possibly probably maybe sample sampled samples
    interpolation interpolated original ghost ghostwriter demo only formerly not no former""".split()
)
# Words that no name of a person holds in small letters.
NO_NAMES = frozenset(
    """with by from was is are were for in on at feat ft featuring vs versus presents pres except see to
    probably possibly maybe perhaps allegedly presumably not per via all track tracks disc song
    songs or oder ou x album single unknown mit band members""".split()
)
COMPANIES = frozenset("inc ltd llc gmbh limited publishing publishers musikverlag verlag".split())
LAST_HELP = frozenset(
    fold_words(name)
    for name in """
        Earth, Wind & Fire|Blood, Sweat & Tears|Crosby, Stills & Nash|Crosby, Stills, Nash & Young|Emerson, Lake & Palmer|
        Peter, Paul and Mary|Simon & Garfunkel|Hall & Oates|Daryl Hall & John Oates|Sonny & Cher|Ike & Tina Turner|
        Mumford & Sons|She & Him|Belle and Sebastian|Iron & Wine|Angus & Julia Stone|Brooks & Dunn|Big & Rich|Dan + Shay|
        Tegan and Sara|Above & Beyond|Captain & Tennille|Sam & Dave|Peaches & Herb|Seals & Crofts|Loggins & Messina|
        Eric B. & Rakim|Macklemore & Ryan Lewis|Chase & Status|Years & Years|Zager & Evans|AC/DC|M/A/R/R/S|Love, Inc.|
        Tyler, The Creator|Invisible Man, The|Salt 'N' Pepa|Hootie & the Blowfish|Dick and Dee Dee|Jan and Dean|
        Chad & Jeremy|Peter and Gordon|Bob & Marcia|Ashford & Simpson|Stock, Aitken & Waterman|Stock Aitken & Waterman|
        Leiber & Stoller|Jam & Lewis|Womack & Womack|Robson & Jerome|Wham|Either/Or|Bob & Earl|Coheed and Cambria|
        Of Monsters and Men|Crash Test Dummies|Huey, Dewey & Louie|Dave Dee, Dozy, Beaky, Mick & Tich
    """.split("|")
)
# First names, by which "Smith, John" is known for one name turned round; of others two words and a comma may as well be two names.
GIVEN = frozenset(
    """
    john paul george richard robert michael david james william thomas charles daniel mark steven stephen kevin brian peter andrew anthony
    christopher christian matthew joseph edward henry jack frank albert arthur walter harry sam samuel benjamin ben alexander alex nicholas
    simon martin philip phillip patrick ryan eric jason justin tim timothy tom jim mike bob dave chris nick steve tony joe dan max
    mary maria anna anne ann elizabeth sarah susan linda karen laura emma julia jane jennifer jessica emily kate katherine catherine
    margaret barbara nancy lisa helen alice rose grace lucy charlotte sophie sophia olivia amy rachel rebecca victoria
    hans karl heinz wolfgang jurgen klaus uwe stefan andreas thorsten johannes lukas jonas felix jan sabine ute heike petra monika ingrid
    jean pierre jacques michel francois philippe louis marie claire isabelle nathalie sylvie
    jose juan carlos luis miguel antonio francisco manuel pedro javier carmen ana ines lucia elena isabel pilar
    giovanni giuseppe marco andrea luca francesco paolo roberto giulia francesca chiara sara
    joao paulo pedro rui tiago ricardo fernando sergio catarina beatriz
    sven lars erik bjorn anders johan olga ivan dmitri sergei natasha kenji yuki hiroshi akira
    """.split()
)
