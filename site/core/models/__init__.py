"""The models all apps share, one subject a file."""

from core.models.access import GroupPolicy
from core.models.backups import Backup
from core.models.duties import Duty
from core.models.figures import Figure, FigureUnit, FigureValue
from core.models.incidents import Incident
from core.models.limits import Attempt
from core.models.links import BrokenLink
from core.models.mail import MailServerOutage, OutgoingMail
from core.models.media import CustomDocument, CustomImage, Rendition
from core.models.merging import KeptApart, Merge
from core.models.navigation import SiteTexts
from core.models.organisations import NameKind, Organisation, OrganisationName
from core.models.pages import BasePage
from core.models.privacy import ErasureProof, LookUpKind, PersonLookUp
from core.models.search import SearchSynonyms
from core.models.table_changes import TableChange
from core.models.translation import UntranslatedPage
from core.models.users import User
from core.models.vocabulary import Programme, Sector, Theme
from core.models.worker import WorkerHeartbeat

__all__ = [
    "Attempt",
    "Backup",
    "BasePage",
    "BrokenLink",
    "CustomDocument",
    "CustomImage",
    "Duty",
    "ErasureProof",
    "Figure",
    "FigureUnit",
    "FigureValue",
    "GroupPolicy",
    "Incident",
    "KeptApart",
    "LookUpKind",
    "MailServerOutage",
    "Merge",
    "NameKind",
    "Organisation",
    "OrganisationName",
    "OutgoingMail",
    "PersonLookUp",
    "Programme",
    "Rendition",
    "SearchSynonyms",
    "Sector",
    "SiteTexts",
    "TableChange",
    "Theme",
    "UntranslatedPage",
    "User",
    "WorkerHeartbeat",
]
