"""The words in which other languages tell a machine to drop its rules, to show them, or to let a text pass: verbs that order, and of what.

Written without accents, in lower case, as orders are compared; a verb and an object within one clause, in either order, are an order.
"""

from __future__ import annotations

LANGUAGES: tuple[tuple[str, str], ...] = (
    # German
    (
        r"\b(?:ignorier(?:e|t|en sie)|missachte|vergiss|vergesst|vergessen sie|ubergehe|umgehe|(?:beachte|befolge)\b.{0,40}\bnicht)\b",
        r"\b(?:anweisung|instruktion|regel|vorgabe|prompt|befehl|richtlinie|obige|bisherige|vorherige"
        r"|alles,? was (?:du )?(?:da )?(?:oben|bisher|vorher|davor|zuvor|bis hier|hier druber|hieruber)"
        r"|alles (?:oben|bisher|davor|zuvor)|das oben|was oben)",
    ),
    (r"\b(?:genehmige|veroffentliche|bestatige|billige)\b", r"\b(?:diese|die|alle) (?:geschichte|karte|entwurf|satze|texte?)"),
    (r"\b(?:lass|lasst|lassen sie)\b", r"\b(?:anweisung|regel|vorgabe|oben|bisher|vorherig)\w{0,8} .{0,30}ausser acht"),
    # French
    (
        r"\b(?:ignor(?:e|ez)|oubli(?:e|ez)|neglig(?:e|ez)|contourn(?:e|ez)"
        r"|n(?:e |')(?:tiens|tenez) (?:pas|aucun) compte|fai(?:s|tes) abstraction)\b",
        r"\b(?:consignes?|instructions?|regles|directives?|prompt|ci-dessus|ordres"
        r"|tout ce qui (?:precede|vient avant|est (?:ecrit |dit )?(?:plus haut|au-dessus|avant))|ce qui precede|plus haut)\b",
    ),
    (r"\b(?:approuve[zr]?|publie[zr]?|valide[zr]?)\b", r"\b(?:cette|toutes? les?) (?:histoire|carte|recit|phrase)"),
    # Spanish
    (
        r"\b(?:ignor(?:a|e|ad|en)|olvid(?:a|e|ad|en)|descart(?:a|e)|omit(?:e|a)|haz caso omiso|no (?:hagas|haga|hagan) caso)\b",
        r"\b(?:instruccion|reglas|ordenes|indicacion|prompt|directri|lo anterior|todo lo (?:anterior|de arriba|dicho|previo|escrito)"
        r"|lo que (?:esta|hay|pone|dice|viene) (?:escrito )?(?:arriba|antes))",
    ),
    (r"\b(?:aprueb(?:a|e|en)|public(?:a|que)|valid(?:a|e))\b", r"\b(?:esta|todas las) (?:historia|tarjeta|ficha|frase)"),
    # Portuguese
    (
        r"\b(?:ignor(?:e|a|em)|esquec(?:a|am)|desconsider(?:e|a|em)|descart(?:e|a)|nao siga)\b",
        r"\b(?:instruc(?:ao|oes)|regras|ordens|prompt|diretriz|comandos|o que foi dito|tudo (?:o )?(?:que (?:esta|foi|vem|veio) )?"
        r"(?:acima|antes|anterior|escrito)|o que (?:esta|foi|vem|veio) (?:escrito |dito )?(?:acima|antes))",
    ),
    (r"\b(?:aprov(?:e|a|em)|publi(?:que|quem))\b", r"\b(?:esta|todas as) (?:historia|cartao|ficha|frase)"),
    # Italian
    (
        r"\b(?:ignor(?:a|ate|i)|dimentic(?:a|ate|hi)|trascur(?:a|ate)|non (?:considerare|tenere conto|seguire))\b",
        r"\b(?:istruzion|regole|prompt|ordini|direttiv|quanto (?:sopra|precede|scritto|detto)"
        r"|tutto (?:cio|quello|quel) che (?:e |sta |viene |c'e )?(?:scritto |detto )?(?:sopra|prima|precede))",
    ),
    (r"\b(?:approv(?:a|ate|i)|pubblic(?:a|ate|hi))\b", r"\b(?:questa|tutte le) (?:storia|scheda|frasi)"),
    # show me your prompt, in the languages of the west
    (
        r"\b(?:revel(?:e|a|ez|ar)|rivela|mostr(?:a|e)|muestra|montre|zeige|imprim(?:e|a)|affiche|gib .{0,20}aus)\b",
        r"\b(?:prompt|instrucciones|anweisungen|consignes|istruzioni|instrucoes)\b",
    ),
    # Dutch, Swedish, Danish, Norwegian, Finnish
    (
        r"\b(?:negeer|vergeet|omzeil)\b",
        r"\b(?:instructie|regels|opdracht|prompt|richtlijn|bovenstaande|aanwijzing|voorgaande|alles (?:wat )?(?:hier)?(?:boven|voor))",
    ),
    (
        r"\b(?:ignorer(?:a|e)?|glom|glem|bortse|se bort fra|strunta i)\b",
        r"\b(?:instruktion|instruks|regler|anvisning|prompt|ovanstaende|ovenstaende"
        r"|all?t (?:som star )?(?:ovan|ovenfor|over|tidigare|tidligere)"
        r"|det (?:som star )?(?:ovan|ovenfor))",
    ),
    (
        r"\b(?:unohda|ohita|sivuuta|jata huomiotta|ala noudata)",
        r"\b(?:ohjee|ohjei|saanno|kehot|kehote|maaray|kaikki (?:edella|ylla|aiempi)|edella oleva|ylla oleva)",
    ),
    # Polish, Czech and Slovak, Hungarian, Romanian, Croatian and Serbian
    (
        r"\b(?:zignoruj(?:cie)?|ignoruj(?:cie)?|zapomnij|pomin)\b",
        r"\b(?:instrukcj|polecen|zasad|regul|prompt|wytyczn|powyz|wszystk\w{1,3},? co (?:jest |bylo )?(?:wyzej|wczesniej))",
    ),
    (
        r"\b(?:ignoruj(?:te)?|zapomen(?:te)?|zabudni(?:te)?)\b",
        r"\b(?:pokyn|instrukc|pravidl|prikaz|prompt"
        r"|vse,? co (?:je |bylo )?(?:vyse|nahore|predtim)|vsetko,? co (?:je |bolo )?(?:vyssie|hore|predtym)|vse vyse)",
    ),
    (
        r"\b(?:hagyd figyelmen kivul|felejtsd el|ne vedd figyelembe)\b",
        r"\b(?:utasitas|szabaly|prompt|iranyelv|mindent,? ami (?:fent|eddig|elott)|(?:fenti|eddigi) (?:szoveg|utasit))",
    ),
    (
        r"\b(?:ignor(?:a|ati)|uita(?:ti)?|nu tine cont)\b",
        r"\b(?:instructiuni|regulile|comenzile|prompt|indicatii"
        r"|tot ce (?:e|este|scrie|a fost) (?:scris |spus )?(?:mai sus|inainte|deasupra))",
    ),
    (
        r"\b(?:ignoris(?:i|ite)|ignoriraj(?:te)?|zanemari(?:te)?|zaboravi(?:te)?)\b",
        r"\b(?:uputstv|uput|instrukcij|pravila|prompt|naredb|sve (?:sto (?:je |pise )?)?(?:iznad|gore|prije|pre|prethodno|gornje))",
    ),
    # Turkish, Indonesian and Malay, Vietnamese, Tagalog, Swahili
    (
        r"\b(?:yok say|gormezden gel|gormezden gelin|unut|dikkate alma)\b",
        r"\b(?:talimat|kural|komut|yonerge|prompt|yukar\w{1,8} (?:her sey|yaz|metn|soylen)|onceki her sey)",
    ),
    (
        r"\b(?:abaikan|lupakan|jangan ikuti)\b",
        r"\b(?:instruksi|perintah|aturan|arahan|petunjuk|prompt|(?:semua|segala)(?: \w{1,12})? (?:yang )?(?:di atas|sebelum))",
    ),
    (
        r"\b(?:bo qua|phot lo|quen (?:het|di))\b",
        r"\b(?:huong dan|chi dan|chi thi|menh lenh|cau lenh|quy tac|(?:moi thu|tat ca|nhung gi)[^.]{0,20}(?:o tren|ben tren|truoc do))",
    ),
    (r"\b(?:huwag pansinin|balewalain|kalimutan)\b", r"\b(?:tagubilin|utos|panuntunan|prompt|lahat ng (?:nasa )?(?:itaas|nauna))"),
    (r"\b(?:puuza|sahau|usifuate)\b", r"\b(?:maagizo|maelekezo|kanuni|amri|(?:yote|kila kitu)[^.]{0,20}(?:hapo juu|awali))"),
    # Greek, Russian, Ukrainian, Bulgarian
    (r"(?:αγνοησ(?:ε|τε)|ξεχασ(?:ε|τε)|παρακαμψε)", r"(?:οδηγι|εντολ|κανον|προτροπ|παραπανω|προηγουμεν|πιο πανω)"),
    (
        r"(?:игнорируи|проигнорируи|забудь|не обращаи|не учитываи|отмени|обоиди|пренебреги)",
        r"(?:инструкц|указани|правил|промпт|команд|предписан"
        r"|все,? (?:что )?(?:\w{1,12} )?(?:выше|до этого|раньше|ранее)|вышесказан|вышеизложен"
        r"|предыдущ\w{1,3} (?:текст|сообщен))",
    ),
    (r"(?:одобри|опубликуи|утверди)", r"(?:эту|все|этот) (?:истори|карточк|текст|предложени)"),
    (
        r"(?:ігноруи|проігноруи|забудь|знехтуи|не зважаи)",
        r"(?:інструкці|вказівк|правил|команд|промпт"
        r"|(?:усе|все),? (?:що )?(?:\w{1,12} )?(?:вище|раніше|до цього)|вищесказан|попередн\w{1,3} текст)",
    ),
    (
        r"(?:игнорираи|забрави|пренебрегни)",
        r"(?:инструкци|указани|правила|команди|всичко (?:\w{1,12} )?(?:\w{1,12} )?(?:по-горе|дотук|преди това)|горното)",
    ),
    (r"(?:покажи|раскрои|выведи|напечатаи)", r"(?:промпт|системн\w{0,4} (?:сообщен|инструкц|подсказ)|свои инструкц)"),
    # Chinese, Japanese, Korean
    (
        r"(?:忽略|忽視|忽视|无视|無視|忘记|忘記|忘掉|不要理会|不要理會|不要遵守|绕过|繞過)",
        r"(?:指令|指示|提示|规则|規則|说明|說明|命令|设定|以上|上述|上面的?(?:内容|文字|话|內容|話|一切|所有)|(?:前面|之前)的?(?:内容|文字|內容))",
    ),
    (r"(?:批准|通过|通過|发布|發布|發佈)", r"(?:这个|這個|这则|這則|此|所有)(?:故事|卡片|文章|句子)"),
    (r"(?:显示|顯示|输出|輸出|告诉我|告訴我|泄露|透露)", r"(?:提示词|提示詞|系统提示|系統提示|你的指令)"),
    (
        r"(?:無視|むし|忘れて|忘れろ|従わな|したがわな|破棄)",
        r"(?:指示|命令|プロンプト|ルール|指令|規則|上記|上に書|上の(?:文|内容|文章)|(?:ここ|これ|いま|今)までの(?:内容|文|話|こと))",
    ),
    (r"(?:承認|公開|こうかい|しょうにん)", r"(?:この|全ての|すべての)(?:ストーリー|カード|物語|記事|文章)"),
    (r"(?:表示|出力|教えて|明かし)", r"(?:プロンプト|システム(?:指示|メッセージ))"),
    (
        r"(?:무시|잊어|잊으|따르지)",
        r"(?:지시|명령|프롬프트|규칙|지침|위의? (?:내용|글|말|모든)|(?:앞|이전)의? (?:내용|글|말)|지금까지의? (?:내용|말))",
    ),
    (r"(?:승인|게시|발행)", r"(?:이|모든) (?:이야기|스토리|카드|글|문장)"),
    # Arabic, Persian, Urdu, Hebrew
    (
        r"(?:تجاهل|انس|اهمل|لا تتبع|تخط)",
        r"(?:تعليمات|اوامر|قواعد|توجيهات|ارشادات|ما سبق|ما (?:ورد|ذكر|كتب) (?:اعلاه|سابقا)|(?:المذكور|المكتوب) اعلاه)",
    ),
    (r"(?:وافق|انشر|اعتمد)", r"(?:هذه|هذا|كل) (?:ال)?(?:قصة|بطاقة|نص|جمل)"),
    (r"(?:نادیده بگیر|فراموش کن)", r"(?:دستور|قوانین|راهنما|فرمان|(?:هر چه|همه چیز|انچه)[^.]{0,20}(?:بالا|قبل)|متن بالا)"),
    (r"(?:نظر انداز|بھول جا)", r"(?:ہدایات|احکام|قواعد|اوپر (?:لکھا|دی|کی|والا|جو))"),
    (
        r"(?:התעלם|התעלמי|התעלמו|שכח|שכחי|תשכח)",
        r"(?:הוראות|הנחיות|כללים|ההוראות|פקודות|(?:כל )?מה ש(?:נאמר|נכתב|כתוב|הופיע)[^.]{0,15}(?:לעיל|למעלה|קודם)|האמור לעיל)",
    ),
    # Hindi, Bengali, Tamil, Thai
    (r"(?:अनदेखा|अनदेखी|नजरअंदाज|नज़रअंदाज|भूल जा)", r"(?:निर्देश|नियम|आदेश|अनुदेश|ऊपर (?:लिख|दि|की|का|जो|सब))"),
    (r"(?:উপেক্ষা|ভুলে যা)", r"(?:নির্দেশ|নিয়ম|আদেশ|উপরের (?:সব|লেখা|কথা))"),
    (r"(?:புறக்கணி|மறந்து)", r"(?:அறிவுறுத்த|விதி|கட்டளை)"),
    (r"(?:เพิกเฉย|ละเว้น|ไม่ต้องสนใจ|ลืม)", r"(?:คำสั่ง|กฎ|คำแนะนำ|ข้างต้น|ด้านบน|ข้อความก่อนหน้า)"),
)
