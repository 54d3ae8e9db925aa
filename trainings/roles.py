"""The groups of coordinators and trainers, as data. The names are those an administrator sees."""

from django.utils.translation import gettext_noop

from core.accounts.roles import ADMIN_ACCESS, Role, model_permissions

ALL = ("view", "add", "change", "delete")

COORDINATOR = Role(
    name=gettext_noop("Coordinator"),
    permissions=(
        ADMIN_ACCESS,
        "trainings.view_any_session",
        "trainings.mark_attendance",
        "trainings.export_accreditation",
        *model_permissions("trainings.session", *ALL),
        *model_permissions("trainings.cycle", *ALL),
        *model_permissions("trainings.module", *ALL),
        *model_permissions("trainings.venue", *ALL),
        *model_permissions("trainings.trainer", *ALL),
        *model_permissions("trainings.enrolment", "view", "add", "change"),
        *model_permissions("trainings.participant", "view"),
        *model_permissions("trainings.certificate", "view", "add", "change"),
        *model_permissions("trainings.interest", "view"),
        *model_permissions("trainings.evaluationround", "view", "add"),
        *model_permissions("trainings.trainingrequest", "view", "change"),
        *model_permissions("trainings.mailrule", *ALL),
        *model_permissions("trainings.catalogueyear", "view", "add", "delete"),
        *model_permissions("trainings.questionnaire", *ALL),
        *model_permissions("trainings.questionnaireversion", "view", "change"),
        *model_permissions("trainings.paymentrequest", "view", "add"),
        *model_permissions("trainings.agreedprice", "view"),
        *model_permissions("trainings.cancellationterms", "view"),
        *model_permissions("core.organisation", *ALL),
        *model_permissions("core.merge", "view", "add"),
        *model_permissions("core.sector", *ALL),
        *model_permissions("core.theme", *ALL),
        *model_permissions("core.searchsynonyms", *ALL),
        *model_permissions("core.outgoingmail", "view", "change"),
        "wagtail_localize.submit_translation",
    ),
    looks_after=("trainings.CataloguePage",),
)
# Access needs stay between a person and the trainers of her session: no group reads those of every session.
TRAINER = Role(
    name=gettext_noop("Trainer"),
    permissions=(
        ADMIN_ACCESS,
        "trainings.mark_attendance",
        "trainings.view_session",
        "trainings.view_enrolment",
        "trainings.view_certificate",
        "trainings.view_evaluationround",
    ),
)
# Money has people of its own: what comes in, what is taken back, whom to pay. They see names on requests, not the enrolments behind.
ACCOUNTS = Role(
    name=gettext_noop("Accounts"),
    permissions=(
        ADMIN_ACCESS,
        *model_permissions("trainings.paymentrequest", "view", "add", "change"),
        *model_permissions("trainings.bankfile", "view", "add"),
        *model_permissions("trainings.bankline", "view", "change"),
        *model_permissions("trainings.agreedprice", *ALL),
        *model_permissions("trainings.cancellationterms", "view", "add"),
        *model_permissions("trainings.paymentsettings", "view", "change"),
    ),
)
ROLES = (COORDINATOR, TRAINER, ACCOUNTS)
