"""The sets of blocks allowed, one for each family of pages."""

from core.blocks.cards import LinksBlock, OrganisationsBlock
from core.blocks.data import ChartBlock, KeyFiguresBlock
from core.blocks.media import FigureBlock
from core.blocks.text import CalloutBlock, DetailsBlock, HeadingBlock, QuoteBlock, StepsBlock, SubheadingBlock, TermsBlock, TextBlock

TEXT = [
    ("heading", HeadingBlock()),
    ("subheading", SubheadingBlock()),
    ("text", TextBlock()),
    ("callout", CalloutBlock()),
    ("steps", StepsBlock()),
    ("details", DetailsBlock()),
    ("quote", QuoteBlock()),
    ("figure", FigureBlock()),
    ("links", LinksBlock()),
]

# News and events: words, pictures and links.
STORY = TEXT
# Programme and standard pages: words explained, figures, charts and the directory as well.
CONTENT = [
    *TEXT,
    ("terms", TermsBlock()),
    ("key_figures", KeyFiguresBlock()),
    ("chart", ChartBlock()),
    ("organisations", OrganisationsBlock()),
]
