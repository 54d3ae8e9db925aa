"""Pictures are cut to size by the worker when their page is published; its first reader finds them there."""

import pytest
from django_tasks_db.models import DBTaskResult
from wagtail.images.tests.utils import get_test_image_file

from core.models import CustomImage, Rendition
from core.pages.tasks import make_renditions_of
from home.models import StandardPage
from tests.core.page_cache.asking import Web
from tests.home.factories import add_page

pytestmark = pytest.mark.django_db
SIZES = 3 * 3  # of a figure: formats, widths


@pytest.fixture
def pictured() -> StandardPage:
    image = CustomImage.objects.create(title="Une porte", file=get_test_image_file(size=(1300, 800)))
    page = add_page(StandardPage(title="Avec images", slug="avec-images", social_image=image))
    page.body = [("figure", {"image": image, "caption": "Une porte"})]
    return page


def test_publishing_plans_them_and_the_first_reader_waits_for_none(pictured: StandardPage) -> None:
    pictured.save_revision().publish()
    assert DBTaskResult.objects.filter(task_path=make_renditions_of.module_path).count() == 1
    assert make_renditions_of.call(pictured.pk) == 2
    made = Rendition.objects.count()
    assert made > SIZES // 2
    web = Web()
    web.ask(pictured.url)
    assert Rendition.objects.count() == made
    assert web.ask(pictured.url).is_from_memory  # the first had nothing to write


def test_control_without_them_the_first_reader_makes_them_and_her_page_is_not_kept(pictured: StandardPage) -> None:
    pictured.save_revision().publish()
    web = Web()
    web.ask(pictured.url)
    assert Rendition.objects.exists()
    assert not web.ask(pictured.url).is_from_memory
    assert web.ask(pictured.url).is_from_memory


def test_a_page_without_pictures_plans_nothing(pictured: StandardPage) -> None:
    add_page(StandardPage(title="Sans image", slug="sans-image")).save_revision().publish()
    assert not DBTaskResult.objects.filter(task_path=make_renditions_of.module_path).exists()
