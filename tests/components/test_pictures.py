"""Ratings never speak by colour alone, and every picture says in words what it shows."""

import math
import re

import pytest

POINTS = [
    {"key": "good", "label": "Good", "descriptor": "Works well."},
    {"key": "fair", "label": "Fair", "descriptor": "Works for most."},
    {"key": "weak", "label": "Weak", "descriptor": "Often does not work."},
]


@pytest.mark.parametrize("count", [3, 5, 6, 11])
def test_a_moon_fills_in_proportion(render, count):
    for position in range(1, count - 1):
        html = render("moon", position, count)
        x, y = map(float, re.search(r"1 ([\d.-]+) ([\d.-]+)Z", html).groups())
        angle = 2 * math.pi * position / (count - 1)
        assert (x, y) == pytest.approx((12 + 10 * math.sin(angle), 12 - 10 * math.cos(angle)), abs=0.03)


def test_the_first_moon_is_empty_and_the_last_is_full(render):
    assert "#0b5d5b" not in render("moon", 0, 5)
    assert '<circle cx="12" cy="12" r="10" fill="#0b5d5b"/>' in render("moon", 4, 5)
    assert '<circle cx="12" cy="12" r="10" fill="#0b5d5b"/>' in render("moon", 0, 1)


def test_every_picture_begins_with_its_title(render):
    pictures = [
        render("moon", 2, 5),
        render("sign", "ok"),
        render("spread", 5, [], 1, 2),
        render("fix_bar", {"fixed": 1}),
        render("profile", [{"label": "Theme", "value": 2, "count": 5, "text": "fair"}]),
    ]
    for html in pictures:
        for inside in re.findall(r"<svg[^>]*>(.*?)</svg>", html, re.DOTALL):
            assert inside.strip().startswith("<title>")


def test_no_part_carries_inline_style_or_script(environment):
    for name in environment.list_templates(filter_func=lambda name: name.startswith("components/")):
        source = environment.loader.get_source(environment, name)[0]
        assert not re.search(r'\sstyle="|<style|<script|\son\w+="', source), name


def test_rating_targets_are_radios_named_by_their_label_alone(render):
    html = render("rating_points", "point", POINTS, selected="fair")
    assert html.count('type="radio"') == 5
    assert 'value="good" aria-labelledby="point-label" aria-describedby="point-descriptor"' in html
    assert re.findall(r'value="(\w+)"[^>]* checked', html) == ["fair"]
    assert 'value="not_seen"' in html
    assert 'value="does_not_apply"' in html
    assert "Chosen" in html


def test_the_best_point_is_full_and_the_worst_empty(render):
    html = render("rating_points", "point", POINTS, asides=[])
    assert html.index("point 3 of 3") < html.index("point 2 of 3") < html.index("point 1 of 3")
    assert html.count('type="radio"') == 3


def test_nothing_is_chosen_until_somebody_chooses(render):
    assert " checked" not in render("rating_points", "point", POINTS)


def test_a_refused_rating_is_described_by_its_error(render):
    html = render("rating_points", "point", POINTS, error="Choose a point, or say that you did not see it.")
    assert '<fieldset class="govuk-fieldset app-points" aria-describedby="point-error">' in html


def test_the_spread_says_who_rated_what(render):
    dots = [{"position": 1, "label": "Ana"}, {"position": 1, "label": "Bilal"}]
    html = render("spread", 3, dots, 1, 2, points=["weak", "fair", "good"])
    assert "<title>Ana: fair, Bilal: fair. Agreed: fair. The service itself: good.</title>" in html
    assert html.count("<circle") == 3
    assert "<title>Ana: 2 of 3. </title>" in render("spread", 3, dots[:1])


def test_two_dots_never_hide_each_other(render):
    html = render("spread", 5, [{"position": 3, "label": name} for name in "ABCD"])
    centres = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', html)
    assert len(set(centres)) == 4
    assert min(float(y) for _, y in centres) > 7


def test_the_fix_bar_counts_declined_ones_in_its_denominator(render):
    html = render("fix_bar", {"fixed": 6, "partly": 2, "disputed": 1, "declined": 2})
    assert "6 of 11" in html
    assert "2 not accepted, with the reason" in html
    assert "still open" not in html
    assert html.count("<g ") == 11


def test_the_fix_bar_of_nothing_draws_nothing(render):
    html = render("fix_bar", {})
    assert "0 of 0" in html
    assert "<svg" not in html
