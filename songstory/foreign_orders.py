"""The words in which other languages tell a machine to drop its rules, to show them, or to let a text pass: verbs that order, and of what.

Written without accents, in lower case, as orders are compared; a verb and an object within one clause, in either order, are an order.
"""

from __future__ import annotations

LANGUAGES: tuple[tuple[str, str], ...] = (
    # German
    (
        r"\b(?:ignorier(?:e|t|en sie)|missachte|vergiss|vergesst|ubergehe|umgehe|(?:beachte|befolge)\b.{0,40}\bnicht)\b",
        r"\b(?:anweisung|instruktion|regel|vorgabe|prompt|befehl|richtlinie|obige|bisherige|vorherige)",
    ),
    (r"\b(?:genehmige|veroffentliche|bestatige|billige)\b", r"\b(?:diese|die|alle) (?:geschichte|karte|entwurf|satze|texte?)"),
    # French
    (
        r"\b(?:ignor(?:e|ez)|oubli(?:e|ez)|neglig(?:e|ez)|contourn(?:e|ez)"
        r"|n(?:e |')(?:tiens|tenez) (?:pas|aucun) compte|fai(?:s|tes) abstraction)\b",
        r"\b(?:consignes?|instructions?|regles|directives?|prompt|ci-dessus|ordres)\b",
    ),
    (r"\b(?:approuve[zr]?|publie[zr]?|valide[zr]?)\b", r"\b(?:cette|toutes? les?) (?:histoire|carte|recit|phrase)"),
    # Spanish
    (
        r"\b(?:ignor(?:a|e|ad|en)|olvid(?:a|e|ad|en)|descart(?:a|e)|omit(?:e|a)|haz caso omiso|no (?:hagas|haga|hagan) caso)\b",
        r"\b(?:instruccion|reglas|ordenes|indicacion|prompt|directri|lo anterior)",
    ),
    (r"\b(?:aprueb(?:a|e|en)|public(?:a|que)|valid(?:a|e))\b", r"\b(?:esta|todas las) (?:historia|tarjeta|ficha|frase)"),
    # Portuguese
    (
        r"\b(?:ignor(?:e|a|em)|esquec(?:a|am)|desconsider(?:e|a|em)|descart(?:e|a)|nao siga)\b",
        r"\b(?:instruc(?:ao|oes)|regras|ordens|prompt|diretriz|comandos|o que foi dito)",
    ),
    (r"\b(?:aprov(?:e|a|em)|publi(?:que|quem))\b", r"\b(?:esta|todas as) (?:historia|cartao|ficha|frase)"),
    # Italian
    (
        r"\b(?:ignor(?:a|ate|i)|dimentic(?:a|ate|hi)|trascur(?:a|ate)|non (?:considerare|tenere conto|seguire))\b",
        r"\b(?:istruzion|regole|prompt|ordini|direttiv|quanto sopra)",
    ),
    (r"\b(?:approv(?:a|ate|i)|pubblic(?:a|ate|hi))\b", r"\b(?:questa|tutte le) (?:storia|scheda|frasi)"),
    # show me your prompt, in the languages of the west
    (
        r"\b(?:revel(?:e|a|ez|ar)|rivela|mostr(?:a|e)|muestra|montre|zeige|imprim(?:e|a)|affiche|gib .{0,20}aus)\b",
        r"\b(?:prompt|instrucciones|anweisungen|consignes|istruzioni|instrucoes)\b",
    ),
    # Dutch, Swedish, Danish, Norwegian, Finnish
    (r"\b(?:negeer|vergeet|omzeil)\b", r"\b(?:instructie|regels|opdracht|prompt|richtlijn|bovenstaande|aanwijzing)"),
    (
        r"\b(?:ignorer(?:a|e)?|glom|glem|bortse|se bort fra|strunta i)\b",
        r"\b(?:instruktion|instruks|regler|anvisning|prompt|ovanstaende|ovenstaende)",
    ),
    (r"\b(?:unohda|ohita|sivuuta|jata huomiotta|ala noudata)", r"\b(?:ohjee|ohjei|saanno|kehot|kehote|maaray)"),
    # Polish, Czech and Slovak, Hungarian, Romanian, Croatian and Serbian
    (r"\b(?:zignoruj(?:cie)?|ignoruj(?:cie)?|zapomnij|pomin)\b", r"\b(?:instrukcj|polecen|zasad|regul|prompt|wytyczn)"),
    (r"\b(?:ignoruj(?:te)?|zapomen(?:te)?|zabudni(?:te)?)\b", r"\b(?:pokyn|instrukc|pravidl|prikaz|prompt)"),
    (r"\b(?:hagyd figyelmen kivul|felejtsd el|ne vedd figyelembe)\b", r"\b(?:utasitas|szabaly|prompt|iranyelv)"),
    (r"\b(?:ignor(?:a|ati)|uit(?:a|ati)|nu tine cont)\b", r"\b(?:instructiuni|regulile|comenzile|prompt|indicatii)"),
    (r"\b(?:ignoris(?:i|ite)|ignoriraj(?:te)?|zanemari(?:te)?|zaboravi(?:te)?)\b", r"\b(?:uputstv|uput|instrukcij|pravila|prompt|naredb)"),
    # Turkish, Indonesian and Malay, Vietnamese, Tagalog, Swahili
    (r"\b(?:yok say|gormezden gel|gormezden gelin|unut|dikkate alma)\b", r"\b(?:talimat|kural|komut|yonerge|prompt)"),
    (r"\b(?:abaikan|lupakan|jangan ikuti)\b", r"\b(?:instruksi|perintah|aturan|arahan|petunjuk|prompt)"),
    (r"\b(?:bo qua|phot lo|quen (?:het|di))\b", r"\b(?:huong dan|chi dan|chi thi|menh lenh|cau lenh|quy tac)"),
    (r"\b(?:huwag pansinin|balewalain|kalimutan)\b", r"\b(?:tagubilin|utos|panuntunan|prompt)"),
    (r"\b(?:puuza|sahau|usifuate)\b", r"\b(?:maagizo|maelekezo|kanuni|amri)"),
    # Greek, Russian, Ukrainian, Bulgarian
    (r"(?:αγνοησ(?:ε|τε)|ξεχασ(?:ε|τε)|παρακαμψε)", r"(?:οδηγι|εντολ|κανον|προτροπ)"),
    (
        r"(?:игнорируи|проигнорируи|забудь|не обращаи|не учитываи|отмени|обоиди|пренебреги)",
        r"(?:инструкц|указани|правил|промпт|команд|предписан)",
    ),
    (r"(?:одобри|опубликуи|утверди)", r"(?:эту|все|этот) (?:истори|карточк|текст|предложени)"),
    (r"(?:ігноруи|проігноруи|забудь|знехтуи|не зважаи)", r"(?:інструкці|інструкції|вказівк|правил|команд|промпт)"),
    (r"(?:игнорираи|забрави|пренебрегни)", r"(?:инструкци|указани|правила|команди)"),
    (r"(?:покажи|раскрои|выведи|напечатаи)", r"(?:промпт|системн\w{0,4} (?:сообщен|инструкц|подсказ)|свои инструкц)"),
    # Chinese, Japanese, Korean
    (
        r"(?:忽略|忽視|忽视|无视|無視|忘记|忘記|忘掉|不要理会|不要理會|不要遵守|绕过|繞過)",
        r"(?:指令|指示|提示|规则|規則|说明|說明|命令|设定)",
    ),
    (r"(?:批准|通过|通過|发布|發布|發佈)", r"(?:这个|這個|这则|這則|此|所有)(?:故事|卡片|文章|句子)"),
    (r"(?:显示|顯示|输出|輸出|告诉我|告訴我|泄露|透露)", r"(?:提示词|提示詞|系统提示|系統提示|你的指令)"),
    (r"(?:無視|むし|忘れて|忘れろ|従わな|したがわな|破棄)", r"(?:指示|命令|プロンプト|ルール|指令|規則)"),
    (r"(?:承認|公開|こうかい|しょうにん)", r"(?:この|全ての|すべての)(?:ストーリー|カード|物語|記事|文章)"),
    (r"(?:表示|出力|教えて|明かし)", r"(?:プロンプト|システム(?:指示|メッセージ))"),
    (r"(?:무시|잊어|잊으|따르지)", r"(?:지시|명령|프롬프트|규칙|지침)"),
    (r"(?:승인|게시|발행)", r"(?:이|모든) (?:이야기|스토리|카드|글|문장)"),
    # Arabic, Persian, Urdu, Hebrew
    (r"(?:تجاهل|انس|اهمل|لا تتبع|تخط)", r"(?:تعليمات|اوامر|قواعد|توجيهات|ارشادات)"),
    (r"(?:وافق|انشر|اعتمد)", r"(?:هذه|هذا|كل) (?:ال)?(?:قصة|بطاقة|نص|جمل)"),
    (r"(?:نادیده بگیر|فراموش کن)", r"(?:دستور|قوانین|راهنما|فرمان)"),
    (r"(?:نظر انداز|بھول جا)", r"(?:ہدایات|احکام|قواعد)"),
    (r"(?:התעלם|התעלמי|התעלמו|שכח|שכחי|תשכח)", r"(?:הוראות|הנחיות|כללים|ההוראות|פקודות)"),
    # Hindi, Bengali, Tamil, Thai
    (r"(?:अनदेखा|अनदेखी|नजरअंदाज|नज़रअंदाज|भूल जा)", r"(?:निर्देश|नियम|आदेश|अनुदेश)"),
    (r"(?:উপেক্ষা|ভুলে যা)", r"(?:নির্দেশ|নিয়ম|আদেশ)"),
    (r"(?:புறக்கணி|மறந்து)", r"(?:அறிவுறுத்த|விதி|கட்டளை)"),
    (r"(?:เพิกเฉย|ละเว้น|ไม่ต้องสนใจ|ลืม)", r"(?:คำสั่ง|กฎ|คำแนะนำ)"),
)
