"""Threads drawn from a seed."""

import re
from xml.etree import ElementTree

import pytest
from django.template import Context, Template, TemplateSyntaxError

from config.env import ROOT
from core.artwork.tiles import PAPER_HUES, PAPER_REST, draw_threads, hanging, join_arcs, paper_band, tile_arcs, turned_tiles
from core.templatetags.icons import ICONS


def test_the_same_seed_always_gives_the_same_drawing() -> None:
    assert turned_tiles("smes", 4, 2) == turned_tiles("smes", 4, 2)
    # Written down: a new version of Python or of this file must not redraw every cover.
    assert "".join(str(int(bool(turn))) for row in turned_tiles("smes", 8, 4) for turn in row) == "01110100111001011011111111101110"


def test_another_seed_gives_another_drawing() -> None:
    assert draw_threads("one", 6, 5)[0].path != draw_threads("two", 6, 5)[0].path


def test_a_tile_joins_its_four_sides_two_by_two() -> None:
    for is_turned in (False, True):
        ends = [point for arc in tile_arcs(0, 0, is_turned) for point in (arc.start, arc.end)]
        assert sorted(ends) == [(0, 1), (1, 0), (1, 2), (2, 1)]


@pytest.mark.parametrize(("columns", "rows"), [(1, 1), (6, 5), (24, 6)])
def test_every_arc_belongs_to_exactly_one_thread(columns: int, rows: int) -> None:
    threads = join_arcs(turned_tiles("count", columns, rows))
    arcs = [frozenset((arc.start, arc.end)) for thread in threads for arc in thread.arcs]
    assert len(arcs) == len(set(arcs)) == 2 * columns * rows


def test_arcs_of_a_thread_follow_one_another() -> None:
    for thread in draw_threads("follow", 9, 6):
        for arc, following in zip(thread.arcs, thread.arcs[1:], strict=False):
            assert arc.end == following.start


def test_open_threads_end_at_the_border_and_the_others_close() -> None:
    columns, rows = 8, 5
    for thread in draw_threads("border", columns, rows):
        ends = (thread.arcs[0].start, thread.arcs[-1].end)
        at_border = all(x in (0, 2 * columns) or y in (0, 2 * rows) for x, y in ends)
        assert at_border != thread.is_closed


def test_a_path_draws_one_arc_after_the_other_and_ends_where_the_thread_ends() -> None:
    thread = draw_threads("path", 6, 4)[0]
    steps = re.findall(r"1 1 0 0[01](-?1) (-?1)", thread.path)
    x, y = thread.arcs[0].start
    assert (x + sum(int(dx) for dx, _ in steps), y + sum(int(dy) for _, dy in steps)) == thread.arcs[-1].end
    assert len(steps) == len(thread.arcs)


def test_hanging_threads_leave_the_lower_left_free() -> None:
    rows = hanging(turned_tiles("corner", 10, 7))
    holes = [row.count(None) for row in rows]
    assert holes[0] == 0
    assert holes == sorted(holes)
    assert holes[-1] > 5


def test_a_gap_takes_the_middle_of_a_thread_away() -> None:
    thread = draw_threads("gap", 12, 4)[0]
    before, after = thread.with_gap(4)
    assert len(before.arcs) + len(after.arcs) == len(thread.arcs) - 4
    assert before.arcs[-1].end != after.arcs[0].start


@pytest.mark.parametrize(
    "tag",
    [
        "thread_band 'smes'",
        "page_threads 'formations'",
        "thread_patch 'nothing'",
        "broken_thread",
        "cover 'animaux' 'connect' 'Titre'",
        "logo_mark",
        "programme_mark 'support' 'large'",
    ],
)
def test_a_drawing_is_hidden_from_screen_readers(tag: str) -> None:
    drawn = Template("{% load tiles %}{% " + tag + " %}").render(Context())
    assert "<svg" in drawn
    assert 'aria-hidden="true"' in drawn
    assert "style=" not in drawn


def test_the_sprite_holds_the_icons_the_tag_knows() -> None:
    sprite = (ROOT / "static/icons/sprite.svg").read_text()
    assert set(re.findall(r'<symbol id="([\w-]+)"', sprite)) == ICONS


def test_a_wrong_icon_fails_loudly() -> None:
    with pytest.raises(TemplateSyntaxError, match="unicorn"):
        Template("{% load icons %}{% icon 'unicorn' %}").render(Context())


def test_the_band_on_paper_is_a_drawing_of_its_own() -> None:
    drawing = ElementTree.fromstring(paper_band("smes", 24, 4))
    assert drawing.get("viewBox") == "0 0 48 8"
    strokes = [path.get("stroke") for path in drawing]
    assert strokes == [PAPER_REST, *PAPER_HUES], "the threads at rest lie below the three hues"
    assert all(path.get("d") for path in drawing)
    assert paper_band("smes", 24, 4) == paper_band("smes", 24, 4)
