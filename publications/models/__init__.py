"""Works, their editions and files, downloads, paper copies, and the pages of publications: one subject a file."""

from publications.models.downloads import DownloadCount
from publications.models.editions import Edition, EditionFile, EditionTransition, PageText
from publications.models.orders import OrderTransition, PaperOrder, PrintRun, StockMove
from publications.models.pages import LibraryPage, PublicationPage
from publications.models.works import Series, Work, WorkAuthor, WorkPage, WorkPlace, WorkTransition

__all__ = [
    "DownloadCount",
    "Edition",
    "EditionFile",
    "EditionTransition",
    "LibraryPage",
    "OrderTransition",
    "PageText",
    "PaperOrder",
    "PrintRun",
    "PublicationPage",
    "Series",
    "StockMove",
    "Work",
    "WorkAuthor",
    "WorkPage",
    "WorkPlace",
    "WorkTransition",
]
