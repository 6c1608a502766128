"""What orders to a machine look like in English: each rule with the words of which one must stand in a text before it is tried.

The patterns are in lower case, single spaces and without accents, as texts are compared; every repetition in them is bounded.
"""

from __future__ import annotations

import re

_DROPS = "ignore disregard forget override bypass skip overlook discard circumvent do don't stop pay"
_DROP = (
    r"(?:ignore|disregard|forget|override|bypass|skip|overlook|discard|circumvent|do not follow|don't follow|stop following"
    r"|pay no attention to)"
)
_OF_THE_MACHINE = r"(?:previous|prior|preceding|above|earlier|foregoing|initial|original|system|developer|your|my|given|last)"
_GUIDANCE = (
    r"(?:instruction|prompt|rule|guideline|direction|directive|command|constraint|polic|safeguard|filter|guardrail|message|context)\w{0,4}"
)
_HELD_BACK = r"(?:prompt|instructions?|secrets?|rules|guidelines|configuration|api key|password|brief|house rules)"
_SHOWS = "repeat reveal print show output display disclose leak recite dump expose list quote tell give send translate summarize write"
_SHOW = (
    r"(?:repeat|reveal|print|show|output|display|disclose|leak|recite|dump|expose|list|quote|tell me|give me|send|translate"
    r"|summari[sz]e|write out)"
)
# Where a bare verb is an order: at the start of a clause, or after a word that asks.
_ASKED = r"(?:^|[.!?:;,\"'()>\n-] ?|\b(?:please|now|then|kindly|must|should|shall|you (?:may|can|will|have to|need to|are to)) )"
_STORY = r"(?:story|stories|cards?|drafts?|revisions?|sentences?|facts?|claims?|headlines?)"
_MACHINE = r"(?:ai|a\.i\.|llm|(?:large )?language model|chatbot|chatgpt|gpt|claude|gemini|copilot)"
_MACHINES = "ai llm language large chatbot chatgpt gpt claude gemini copilot"
_ROLE = rf"(?:{_MACHINE}|assistant|editor|admin\w{{0,12}}|developer|dan|root|unfiltered|unrestricted)\b"
_UNCHECKED = r"\bwithout (?:a |any |further )?(?:review|verification|checks?|checking)\b"
_CODES = r"(?:base ?64|rot ?13|hex\w{0,7}|binary|morse|backwards?|ascii|cipher|caesar)"

# Orders wherever they stand.
ANYWHERE: tuple[tuple[str, str], ...] = (
    (_DROPS, rf"\b{_DROP}\b[^.!?]{{0,40}}\b{_OF_THE_MACHINE} (?:\w{{1,12}} ){{0,2}}{_GUIDANCE}"),
    (_DROPS, rf"\b{_DROP}\b[^.!?]{{0,30}}\b(?:above|you (?:were|have been|are) (?:told|given)|said so far|before this)\b"),
    (
        _DROPS,
        rf"\b{_DROP}\b[^.!?]{{0,12}}\b(?:anything|everything|all|whatever|what)\b[^.!?]{{0,16}}\b(?:written|stated|instructed|specified"
        r"|told|asked|ordered) (?:\w{1,8} )?(?:earlier|before|above|previously|so far|until now)\b",
    ),
    (_SHOWS, rf"\b{_SHOW}(?: me)?(?: all)?(?: of)? (?:your|the (?:system|hidden|secret|full|exact)) (?:\w{{1,12}} )?{_HELD_BACK}"),
    ("what", rf"\bwhat (?:is|are|was|were) your (?:\w{{1,12}} )?{_HELD_BACK}"),
    (_SHOWS, r"\b(?:repeat|print|output|recite|quote) (?:everything|all|the (?:text|words|lines?)) (?:above|before|so far)"),
    (
        "word verbatim",
        rf"\b{_GUIDANCE}[^.!?]{{0,20}}\b(?:word for word|verbatim)\b|\b(?:word for word|verbatim)\b[^.!?]{{0,20}}\b{_GUIDANCE}",
    ),
    ("approve", rf"\bapprove (?:this|the|all|every|each|my) (?:\w{{1,12}} )?{_STORY}"),
    ("approve publish", r"\b(?:approve|publish) (?:it|this|that|everything|all)(?: right)? (?:now|at once|immediately|without)\b"),
    (
        "every all any each",
        r"\b(?:every|all|any|each) (?:sentences?|claims?|facts?|statements?)(?: (?:you|it) \w{1,12})? (?:is|are|as|counts? as) "
        r"(?:\w{1,12} )?(?:supported|verified|approved|true|correct|accepted)\b",
    ),
    ("without", rf"{_UNCHECKED}[^.!?]{{0,40}}\b(?:approve|publish|mark)\b|\b(?:approve|publish|mark)\b[^.!?]{{0,40}}{_UNCHECKED}"),
    (
        "verifier verification checker check filter guardrail safeguard",
        r"\b(?:verifier|verification|checker|checks?|filters?|guardrails?|safeguards?) (?:is|are|was|were|has been|have been) (?:\w{1,8} )?"
        r"(?:switched |turned )?(?:off|disabled|suspended|lifted)\b",
    ),
    (
        _MACHINES,
        rf"\b(?:note|message|attention|memo|instructions?|hint|hello|dear|hey|reminder)[ ,:]{{1,2}}(?:to |for )?"
        rf"(?:the |any |all |an |every )?{_MACHINE}\b",
    ),
    (
        _MACHINES,
        rf"\b(?:as|if you are|if you're|whoever is) an? {_MACHINE}\b"
        rf"|\b{_MACHINE}s? (?:that|who|which) (?:reads?|process\w{{0,4}}|writes?)\b",
    ),
    ("you you're", rf"\byou (?:are|'re|will be) (?:now |no longer )?(?:an?|the|my) (?:[\w-]{{1,14}} )?{_ROLE}"),
    ("you", r"\byou are now (?:an?|in|the|free|no longer|bound|acting|allowed|permitted)\b"),
    (
        "act behave respond answer reply pretend roleplay pose",
        rf"\b(?:act|behave|respond|answer|reply|pretend|roleplay|pose)\b[^.!?]{{0,16}}\b(?:as|to be|you are|you were) (?:if )?"
        rf"(?:an?|the|my) (?:[\w-]{{1,14}} )?{_ROLE}",
    ),
    (
        "from",
        r"\bfrom now on,? (?:cite|write|answer|respond|ignore|output|use|treat|mark|approve|you (?:must|will|are to|shall|should|may))\b",
    ),
    (
        "from",
        r"\bfrom (?:this|that) (?:point|moment|line|sentence)(?: on(?:wards?)?| forward)?,? "
        r"(?:you (?:must|shall|are to|have to|need to|should)|(?:cite|answer|ignore|treat|approve|mark) )",
    ),
    (
        "set change switch update flip move put",
        r"\b(?:set|change|switch|update|flip|move|put)\b[^.!?]{0,30}\b(?:status|state|flag|verdict|field)\b[^.!?]{0,40}\b(?:to|as|on) "
        r"['\"“]?(?:approved|published|verified|supported|cleared|accepted|passed|true|live|final)\b",
    ),
    ("your", r"\byour (?:only )?(?:job|task|role|goal|objective|purpose) (?:is|becomes) now\b|\bnow,? your (?:job|task|role|goal) is\b"),
    (
        "admin administrator root operator editor developer system supervisor superuser",
        r"\b(?:admin\w{0,12}|root|operator|editor|editorial|developer|system|supervisor|superuser) "
        r"(?:override|command|directive)\b ?[:.,!-]",
    ),
    (
        "house brief rules rule policy editors editor verifier you",
        r"\b(?:house|brief|rules?|policy|editors?|verifier|you) (?:now |may |can |will |must )?"
        r"(?:allows?|permits?|accepts?|wants?|prefers?|uses?)"
        r" (?:\w{1,10} )?(?:invented|made[- ]up|unsourced|unverified|uncited|fabricated|fictional|false)\b",
    ),
    (
        "decode decipher decrypt unscramble unpack",
        r"\b(?:decode|decipher|decrypt|unscramble|unpack)\b[^.!?]{0,16}\b(?:and|then) (?:execute|run|obey|follow|do|comply|apply|act)\b",
    ),
    (
        "new jailbreak developer system",
        r"\bnew instructions\b|\bjailbreak\b|\bdeveloper mode\b|\bsystem (?:prompt|message|override|instructions?)\b",
    ),
    (
        "new updated real actual next",
        r"\b(?:new|updated|real|actual|next) (?:rules?|instructions?|tasks?|orders?|roles?|directives?|objectives?)[:=]",
    ),
    ("your", r"\byour (?:new|real|actual|next|only|true) (?:tasks?|instructions?|jobs?|roles?|goals?|objectives?|orders?)\b"),
    ("end start begin", r"\b(?:end|start|begin|beginning) of (?:the )?(?:data|facts|input|context|prompt|document|instructions|passage)\b"),
    (
        "you write",
        r"\byou may (?:now )?(?:invent|make up|fabricate|ignore|disregard)\b|\bwrite (?:what|whatever|anything) you (?:like|want|wish)\b",
    ),
    (
        "say print write output answer reply respond",
        r"\b(?:say|print|write|output|answer|reply|respond)(?: with)? (?:nothing but|only (?:with )?(?:the|one) word)\b",
    ),
    (
        "do don't never no stop",
        r"\b(?:do not|don't|never|no need to|stop) (?:cite|verify|verifying|flag|review"
        r"|(?:check|question|mention) (?:the|any|these) (?:facts|sentences|sources|claims|story|text|cards?))\b",
    ),
    (
        "decode decipher decrypt convert translate unscramble apply reverse read",
        rf"\b(?:decode|decipher|decrypt|convert|translate|unscramble|apply|reverse|read)\b[^.!?]{{0,40}}\b{_CODES}\b[^.!?]{{0,20}}"
        r"\b(?:and|then) (?:do|obey|follow|execute|run|comply|act|carry)\b",
    ),
    ("system developer", r"(?:^|[.!?>\n] ?)(?:system|developer)(?: (?:note|alert|notice))? ?:"),
    ("assistant", r"\bhuman ?:.{0,400}\bassistant ?:|\bassistant ?: ?(?:sure|ok|okay|yes|of course|certainly|i |my |here)"),
)
# Orders only where somebody is asked: the same words tell of people elsewhere ("they ignored the rules").
IF_ASKED: tuple[tuple[str, str], ...] = tuple(
    (stems, _ASKED + pattern)
    for stems, pattern in (
        (_DROPS, rf"{_DROP}\b[^.!?]{{0,30}}\b(?:{_GUIDANCE}|facts?|verif\w{{0,8}}|checks?)\b"),
        (
            _DROPS,
            rf"{_DROP} (?:the|this|that|your|any|all) (?:\w{{1,12}} )?"
            r"(?:brief(?! \w)|brief (?:and|above|you)|house (?:rules?|style)|verif)",
        ),
        (
            "say claim state report tell write describe",
            r"(?:(?:say|claim|state|report|write|tell (?:readers|people|everyone|them)) (?:that )?"
            r"(?:the|this|it|he|she|they) (?:\w{1,12} )?"
            r"(?:sold|won|topped|broke)\b|describe (?:the|this|him|her|it|them) (?:\w{1,12} ){0,3}as\b)",
        ),
        (_SHOWS, rf"{_SHOW}\b[^.!?]{{0,30}}\b(?:your|system|hidden|secret) (?:\w{{1,12}} )?{_HELD_BACK}"),
        (
            "approve publish accept submit mark verify cite clear support",
            rf"(?:approve|publish|accept|submit|mark|verify|cite|clear|support)\b[^.!?]{{0,20}}\b(?:this|the|all|every|each|my|any) "
            rf"(?:\w{{1,12}} )?{_STORY}\b",
        ),
        (
            "write add include insert append put end begin start open close finish",
            r"(?:write|add|include|insert|append|put|end|begin|start|open|close|finish)\b[^.!?]{0,30}\b(?:the|each|every|this|a|all) "
            r"(?:cards?|headlines?|drafts?)\b",
        ),
        ("invent make fabricate", r"(?:invent|make up|fabricate) (?:\w{1,12} )?(?:facts?|sources?|quotes?)\b"),
    )
)
# Markup, the signs by which chats are cut up, and whatever looks like a fence of our own prompts.
FENCES = re.compile(
    r"<\|.{0,40}\|>|\[/?inst\]|<</?sys>>|```|!\[[^\]\n]{0,200}\]\(|\]\( ?(?:https?:|//|data:|javascript:)|\bjavascript:|\{\{|\{%"
    r"|<[\s/\\]{0,4}(?:facts?|passages?|sources?|documents?|context|data|cards?|brief|story|instructions?|prompt|system|assistant|user"
    r"|human|tool|function|thinking|script|img|iframe|svg|object|embed|form|meta|link|style|a href)\b"
)
