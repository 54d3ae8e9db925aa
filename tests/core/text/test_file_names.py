"""The alternative text of a picture is words, and no name of a file."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.images.tests.utils import get_test_image_file

from core.blocks.media import DescribedImageBlock
from core.models import CustomImage
from core.text.file_names import is_file_name


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("equipe.jpg", ""),
        ("IMG_2043", ""),
        ("DSC 0042", ""),
        ("Screenshot 2026-11-30 at 10.00", ""),
        ("WhatsApp Image 2026-11-30", ""),
        ("equipe_mobile_2", "images/equipe_mobile_2.webp"),
    ],
)
def test_names_of_files(text: str, file: str) -> None:
    assert is_file_name(text, of=file)


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("Deux infirmières dans une rue de Bruxelles", ""),
        ("Bruxelles", "images/bruxelles.jpg"),
        ("Une équipe", "une-equipe.jpg"),
        ("", "a.png"),
    ],
)
def test_words(text: str, file: str) -> None:
    assert not is_file_name(text, of=file)


@pytest.mark.django_db
class TestPicture:
    def test_its_description_is_refused_in_words(self) -> None:
        picture = CustomImage(title="Équipe", file=get_test_image_file("equipe_2.png"), description="equipe_2.png")
        with translation.override("en"), pytest.raises(ValidationError, match="This is the name of a file"):
            picture.clean()
        picture.description = "Une équipe dans la rue"
        picture.clean()

    def test_its_title_stands_in_only_if_it_is_words(self) -> None:
        picture = CustomImage(title="IMG_2043.jpg", file=get_test_image_file("IMG_2043.jpg"))
        assert picture.default_alt_text == ""
        picture.title = "Une équipe dans la rue"
        assert picture.default_alt_text == "Une équipe dans la rue"

    def test_it_is_refused_where_a_page_places_the_picture(self) -> None:
        picture = CustomImage.objects.create(title="Équipe", file=get_test_image_file("equipe_2.png"))
        block = DescribedImageBlock()
        value = {"image": picture.pk, "decorative": False, "alt_text": "IMG_2043"}
        with pytest.raises(ValidationError) as refused:
            block.clean(block.to_python(value))
        assert "alt_text" in refused.value.block_errors
        block.clean(block.to_python(value | {"alt_text": "Une équipe dans la rue"}))
        block.clean(block.to_python(value | {"decorative": True}))
