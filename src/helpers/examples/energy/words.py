"""What the respondents of Voorbeeld Energie write: invented, in the tone of real Dutch answers."""

from __future__ import annotations

REASONS: dict[tuple[str, str], tuple[str, ...]] = {
    ("Aanmelden", "promoter"): ("snel geregeld", "duidelijke uitleg", "vriendelijk"),
    ("Aanmelden", "passive"): ("duidelijke uitleg", "prijs", "wachttijd"),
    ("Aanmelden", "detractor"): ("wachttijd", "prijs", "onduidelijk"),
    ("Facturatie", "promoter"): ("duidelijke uitleg", "goed opgelost", "vriendelijk"),
    ("Facturatie", "passive"): ("onduidelijk", "wachttijd", "goed opgelost"),
    ("Facturatie", "detractor"): ("onduidelijk", "termijnbedrag", "wachttijd"),
    ("Storing", "promoter"): ("snel opgelost", "monteur", "goed op de hoogte gehouden"),
    ("Storing", "passive"): ("snel opgelost", "wachttijd", "monteur"),
    ("Storing", "detractor"): ("niet in één keer opgelost", "wachttijd", "geen bericht"),
}
"""Per process and band, the reasons that are given."""

BILLING_REASON = "rekening klopt niet"
BILLING_COMMENTS = (
    "Sinds januari klopt mijn gasrekening niet meer. Drie keer gebeld, drie keer een ander antwoord.",
    "Nieuwe factuur is onleesbaar; ik zie niet wat ik verbruikt heb.",
    "Dubbel afgeschreven en na zes weken nog geen cent terug.",
    "De medewerkster kon er niets aan doen, zei ze. Het systeem wil het niet.",
    'Weer een "correctiefactuur". Dit is de vierde dit jaar.',
)
COMMENTS: dict[tuple[str, str], tuple[str, ...]] = {
    ("Aanmelden", "promoter"): (
        "Binnen tien minuten overgestapt, alles klopte.",
        "Prettig dat iemand meekeek of het termijnbedrag realistisch was.",
        "Fijne uitleg, geen kleine lettertjes.",
    ),
    ("Aanmelden", "passive"): (
        "Prima, maar ik moest mijn gegevens twee keer invullen.",
        "Ging goed; de bevestiging kwam pas na een week.",
    ),
    ("Aanmelden", "detractor"): (
        "Het aanbod aan de telefoon was anders dan wat ik zwart op wit kreeg.",
        "Website liep vast bij de laatste stap.",
    ),
    ("Facturatie", "promoter"): (
        "Jaarafrekening netjes uitgelegd, nu begrijp ik hem eindelijk.",
        "Termijnbedrag was zo aangepast in de app.",
    ),
    ("Facturatie", "passive"): (
        "Antwoord was goed, maar de rekening blijft lastig te lezen.",
        "Opgelost. Had wel sneller gemogen.",
    ),
    ("Facturatie", "detractor"): (
        "Termijnbedrag verdubbeld zonder een woord uitleg.",
        "Veertig minuten in de wacht voor één vraag; toen viel de lijn weg.",
    ),
    ("Storing", "promoter"): (
        "De monteur was er binnen het uur en belde eerst even.",
        "In één keer opgelost. Zo hoort het!",
        "Kreeg steeds een bericht hoe het ervoor stond.",
    ),
    ("Storing", "passive"): (
        "Goed opgelost, alleen het tijdvak van vier uur is lang.",
        "Monteur vriendelijk, wachttijd aan de telefoon niet.",
    ),
    ("Storing", "detractor"): (
        "Twee keer vrij genomen en beide keren kwam er niemand.",
        "Niemand kon zeggen wanneer de stroom weer terug zou zijn.",
        "Derde storing dit jaar. Steeds een ander verhaal.",
    ),
}
"""Per process and band, open answers."""

AWKWARD_COMMENTS = (
    "<script>alert('nul')</script> Verder prima geholpen.",
    "=1+1",
    '#panic("au") kostte $3 per *minuut* @helpdesk',
    "Topmonteur! 👍🔥",
    "- wachttijd; - uitleg; - prijs\nMaar wel vriendelijk geholpen.",
    "@allen: 5 < 6 & 7 > 6, dus \"ruim voldoende\" 'toch'?",
    "Energieadvies à la carte, zeer coöperatief… €12 bespaard!",
)
"""Answers that break a careless report; each stands once in the last quarter."""

RELATIONAL_COMMENTS: dict[str, tuple[str, ...]] = {
    "promoter": (
        "Al jaren klant en nooit gedoe.",
        "Eerlijk over prijzen, ook toen die omhoog gingen.",
        "Fijn dat er bij storingen nu echt iemand komt.",
    ),
    "passive": ("Doet wat het moet doen.", "Niet de goedkoopste, wel betrouwbaar."),
    "detractor": (
        "Trouwe klanten betalen meer dan nieuwe.",
        "Warmte is duur en je kunt nergens anders heen.",
        "De rekening begrijp ik al een jaar niet meer.",
    ),
}
"""Per band, open answers of the relational waves."""

EMPLOYEE_COMMENTS: dict[str, tuple[str, ...]] = {
    "promoter": ("Trots op wat we voor klanten doen.", "Fijne collega's en een leidinggevende die luistert."),
    "passive": ("Goede werkgever, maar doorgroeien is lastig.", "Prima sfeer, veel overleg."),
    "detractor": (
        "We horen wat er misgaat, maar mogen het niet oplossen.",
        "Na twaalf jaar nog steeds dezelfde functie en weinig waardering.",
    ),
}
"""Per band, open answers of employees."""

BILLING_TEAM_COMMENTS = (
    "Hele dag boze klanten over rekeningen die wij niet kunnen herstellen.",
    "Het nieuwe systeem ging live zonder ons iets te vragen.",
)
