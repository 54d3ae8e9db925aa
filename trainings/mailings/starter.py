"""The usual rules, to begin with: added switched off, each word can be changed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from trainings.models.mailings import Audience, MailKind, Moment

REMINDER: dict[str, Any] = {
    "name": _("Reminder, two days before"),
    "kind": MailKind.REMINDER,
    "days": 2,
    "moment": Moment.BEFORE_FIRST,
    "audience": Audience.SEATED,
    "subject_fr": "Bientôt : {title}",
    "body_fr": """Bonjour {name},

La formation commence bientôt. Nous nous réjouissons de vous y voir.

{dates}

{practical}

Vous ne pouvez pas venir ? Annulez votre inscription : quelqu’un d’autre sera content de prendre votre place.
{manage}""",
    "subject_nl": "Binnenkort: {title}",
    "body_nl": """Dag {name},

De vorming begint binnenkort. We kijken ernaar uit u te zien.

{dates}

{practical}

Kunt u niet komen? Annuleer dan uw inschrijving: iemand anders is blij met uw plaats.
{manage}""",
    "subject_en": "Soon: {title}",
    "body_en": """Hello {name},

The training course begins soon. We look forward to seeing you.

{dates}

{practical}

You cannot come? Please cancel your enrolment: somebody else will be glad of your seat.
{manage}""",
}

PRACTICAL: dict[str, Any] = {
    "name": _("Practical information, ten days before"),
    "kind": MailKind.PRACTICAL,
    "days": 10,
    "moment": Moment.BEFORE_FIRST,
    "audience": Audience.SEATED,
    "reaches_late": True,
    "subject_fr": "Informations pratiques : {title}",
    "body_fr": """Bonjour {name},

Voici tout ce qu’il faut savoir avant la formation.

{dates}

{practical}

Vous avez besoin d’un aménagement pour participer ? Dites-le-nous en répondant à ce message.

{manage}""",
    "subject_nl": "Praktische informatie: {title}",
    "body_nl": """Dag {name},

Dit moet u weten voor de vorming begint.

{dates}

{practical}

Hebt u een aanpassing nodig om deel te nemen? Laat het ons weten door op dit bericht te antwoorden.

{manage}""",
    "subject_en": "Practical information: {title}",
    "body_en": """Hello {name},

This is what you need to know before the training course.

{dates}

{practical}

Do you need something to be arranged to take part? Tell us by replying to this message.

{manage}""",
}

THANKS: dict[str, Any] = {
    "name": _("Thanks, two days after"),
    "kind": MailKind.THANKS,
    "days": 2,
    "moment": Moment.AFTER_LAST,
    "audience": Audience.PRESENT,
    "subject_fr": "Merci de votre participation : {title}",
    "body_fr": """Bonjour {name},

Merci d’avoir participé à cette formation.

Qu’en avez-vous pensé ? Vos réponses nous aident à l’améliorer.
{evaluation}

{certificate}""",
    "subject_nl": "Bedankt voor uw deelname: {title}",
    "body_nl": """Dag {name},

Bedankt voor uw deelname aan deze vorming.

Wat vond u ervan? Met uw antwoorden kunnen we ze verbeteren.
{evaluation}

{certificate}""",
    "subject_en": "Thank you for taking part: {title}",
    "body_en": """Hello {name},

Thank you for taking part in this training course.

What did you think of it? Your answers help us to improve it.
{evaluation}

{certificate}""",
}

LATER: dict[str, Any] = {
    "name": _("Evaluation, four months after"),
    "kind": MailKind.EVALUATION,
    "days": 120,
    "moment": Moment.AFTER_LAST,
    "audience": Audience.PRESENT,
    "subject_fr": "Quelques mois plus tard : {title}",
    "body_fr": """Bonjour {name},

Il y a quelques mois, vous avez suivi la formation « {title} ».

Qu’est-ce qui a changé depuis dans votre travail ? Répondre prend quelques minutes.
{evaluation}""",
    "subject_nl": "Enkele maanden later: {title}",
    "body_nl": """Dag {name},

Enkele maanden geleden volgde u de vorming “{title}”.

Wat is er sindsdien veranderd in uw werk? Antwoorden duurt enkele minuten.
{evaluation}""",
    "subject_en": "A few months later: {title}",
    "body_en": """Hello {name},

A few months ago you followed the training course “{title}”.

What has changed in your work since then? Answering takes a few minutes.
{evaluation}""",
}

TEAM_LEADS: dict[str, Any] = {
    "name": _("Evaluation by team leads, four months after"),
    "kind": MailKind.EVALUATION,
    "days": 120,
    "moment": Moment.AFTER_LAST,
    "audience": Audience.TEAM_LEADS,
    "subject_fr": "Votre équipe quelques mois après : {title}",
    "body_fr": """Bonjour {name},

Il y a quelques mois, {participant} a suivi la formation « {title} ». Vous avez accepté que nous vous posions quelques questions.

Qu’est-ce que la formation a changé dans votre équipe ? Répondre prend quelques minutes.
{evaluation}""",
    "subject_nl": "Uw team enkele maanden later: {title}",
    "body_nl": """Dag {name},

Enkele maanden geleden volgde {participant} de vorming “{title}”. U ging ermee akkoord dat we u enkele vragen stellen.

Wat heeft de vorming veranderd in uw team? Antwoorden duurt enkele minuten.
{evaluation}""",
    "subject_en": "Your team a few months later: {title}",
    "body_en": """Hello {name},

A few months ago {participant} followed the training course “{title}”. You agreed that we ask you a few questions.

What has the training changed in your team? Answering takes a few minutes.
{evaluation}""",
}

PAYMENT: dict[str, Any] = {
    "name": _("Payment reminder, seven days before the first meeting"),
    "kind": MailKind.PAYMENT,
    "days": 7,
    "moment": Moment.BEFORE_FIRST,
    "audience": Audience.SEATED,
    "subject_fr": "Paiement à faire : {title}",
    "body_fr": """Bonjour {name},

Nous n’avons pas encore reçu le paiement de cette formation.
{payment}

Vous avez payé ces derniers jours ? Alors ce message est sans objet.""",
    "subject_nl": "Nog te betalen: {title}",
    "body_nl": """Dag {name},

We hebben de betaling van deze vorming nog niet ontvangen.
{payment}

Hebt u de voorbije dagen betaald? Dan is dit bericht zonder voorwerp.""",
    "subject_en": "Payment due: {title}",
    "body_en": """Hello {name},

We have not received the payment of this training course yet.
{payment}

Have you paid in the last few days? Then there is nothing to do.""",
}

STARTER_RULES = (REMINDER, PRACTICAL, THANKS, LATER, TEAM_LEADS, PAYMENT)
