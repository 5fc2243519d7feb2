"""The demonstration's story holds together: references, ratings, quotes, order of time, clocks, endings."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from tests.demo.story import (
    APP,
    DEMOS,
    by_key,
    commitments,
    criteria,
    due,
    events,
    kind,
    moment,
    people,
    points,
    story,
    times,
    working,
)

RATED = ("demo-1", "demo-3")
PERSON_FIELDS = {
    "by",
    "person",
    "helps",
    "ask_for",
    "coordinator",
    "reviewer",
    "who",
    "raised_by",
    "decided_by",
    "recorded_by",
    "typed_by",
    "added_by",
    "to",
    "help_person",
}


@pytest.fixture(params=DEMOS)
def demo(request: pytest.FixtureRequest) -> Any:
    """Each of the four inspections."""
    return story(request.param)


@pytest.fixture(params=RATED)
def rated(request: pytest.FixtureRequest) -> Any:
    """Each inspection that has been rated to the end."""
    return story(request.param)


def named_people(value: Any) -> set[str]:
    """Every person's key that stands anywhere below this value."""
    if isinstance(value, list):
        return set().union(*map(named_people, value))
    if not isinstance(value, dict):
        return set()
    found = {value[field] for field in PERSON_FIELDS & value.keys() if isinstance(value[field], str)}
    for field in ("hours", "given"):
        found |= set(value.get(field) or {})
    found |= set(value.get("present") or [])
    return found.union(*map(named_people, value.values()))


def test_people_are_invented_and_cannot_be_reached() -> None:
    for person in people().values():
        assert person.get("email", "@northfield.example").endswith("@northfield.example")
        assert person["phone"].startswith(("01632 960", "07700 900"))
        assert len(person["name"].split()) == 2
    phones = [person["phone"] for person in people().values()]
    assert len(phones) == len(set(phones))


def test_every_role_is_there() -> None:
    roles = Counter(role for person in people().values() for role in person["roles"])
    expected = {"coordinator": 2, "service_lead": 3, "service_staff": 2}
    single = dict.fromkeys(["supporter", "reviewer", "safeguarding_lead", "safeguarding_deputy", "observer"], 1)
    assert {role: roles[role] for role in expected | single} == expected | single
    assert roles["inspector"] >= 9


def test_services_sites_and_organisations_resolve() -> None:
    places = story("services")
    organisations, sites = by_key(places["organisations"]), by_key(places["sites"])
    services = by_key(places["services"])
    for service in services.values():
        assert service["organisation"] in organisations
        assert set(service["sites"]) <= sites.keys()
        assert service["lead"] is None or people()[service["lead"]]["service"] == service["key"]
    for person in people().values():
        assert person.get("organisation", "northfield-council") in organisations
        assert person.get("service") is None or person["service"] in services


def test_every_person_named_exists(demo: Any) -> None:
    assert named_people(demo) <= people().keys() | {"system"}


def test_what_the_story_stands_on_exists(demo: Any) -> None:
    places = story("services")
    assert demo["framework"]["key"] in kind(demo)["framework_keys"]
    assert set(demo["services"]) <= by_key(places["services"]).keys()
    assert {visit["site"] for visit in demo["visits"]} <= by_key(places["sites"]).keys()
    if demo["charter"]:
        assert (APP / "charter" / "library" / f"{demo['charter']}.yaml").exists()


def test_ids_resolve(demo: Any) -> None:
    visits, observations = by_key(demo["visits"], "id"), by_key(demo["observations"], "id")
    findings, asked = by_key(demo["findings"], "id"), by_key(demo["recommendations"], "id")
    updates = by_key(demo["updates"], "id")
    actions = by_key((demo["plan"] or {"actions": []})["actions"], "id")
    assert {one["visit"] for one in demo["observations"]} <= visits.keys()
    assert {one["observation"] for one in demo["photos"]} <= observations.keys()
    assert {ref for one in demo["findings"] for ref in one["observations"]} <= observations.keys()
    assert {ref for one in demo["recommendations"] for ref in one["findings"]} <= findings.keys()
    for rows in (demo["answers"], actions.values(), demo["updates"], demo["verdicts"], demo["settled"]):
        assert {one["recommendation"] for one in rows} <= asked.keys()
    for update in demo["updates"]:
        assert actions[update["action"]]["recommendation"] == update["recommendation"]
    for verdict in demo["verdicts"]:
        claim = updates[verdict["update"]]
        assert claim["says_done"]
        assert claim["recommendation"] == verdict["recommendation"]


def test_criteria_exist(demo: Any) -> None:
    known = criteria(demo).keys()
    for rows in (demo["observations"], demo["findings"], demo["minority_statements"]):
        assert {one["criterion"] for one in rows} <= known


def test_team_fits_the_kind_and_is_trained(demo: Any) -> None:
    form, team = kind(demo), [member["person"] for member in demo["team"]]
    if demo["stage_now"] == "planning":
        assert len(team) < form["team_min"], "the planned inspection shows a team that is too small"
        return
    assert form["team_min"] <= len(team) <= form["team_max"]
    assert not form["lead_needed"] or sum(member["lead"] for member in demo["team"]) == 1
    started = moment(demo["stages"][1]["at"]).date()
    for key in team:
        done = {course["course"] for course in people()[key]["training"] if course["on_day"] < started}
        assert set(form["required_training"]) <= done, key
    assert demo["reviewer"] not in team


def test_ratings_say_something_the_scale_knows(demo: Any) -> None:
    sets = [one["values"] for one in demo["ratings"].values()]
    sets += [one["values"] for one in (demo["self_rating"], demo["agreed"]) if one]
    for values in sets:
        assert values.keys() <= criteria(demo).keys()
        for value in values.values():
            assert value["value"] in points(demo)
            assert value["why"].strip()


def test_everybody_rated_every_criterion(rated: Any) -> None:
    assert rated["ratings"].keys() == {member["person"] for member in rated["team"]}
    for one in [*rated["ratings"].values(), rated["self_rating"], rated["agreed"]]:
        assert one["values"].keys() == criteria(rated).keys()


def test_the_look_see_is_half_rated_and_one_has_sealed() -> None:
    demo = story("demo-2")
    whole = len(criteria(demo)) * len(demo["team"])
    assert sum(len(one["values"]) for one in demo["ratings"].values()) * 2 == whole
    sealed = [one for one in demo["ratings"].values() if one["sealed_at"]]
    assert len(sealed) == 1
    assert len(sealed[0]["values"]) == len(criteria(demo))


def test_inspectors_disagree_on_some_criteria(rated: Any) -> None:
    order = ["very-weak", "weak", "fair", "good", "very-good"]
    wide = 0
    for key in criteria(rated):
        given = [one["values"][key]["value"] for one in rated["ratings"].values()]
        places = [order.index(value) for value in given if value in order]
        wide += max(places) - min(places) >= 2
    assert wide >= 3


def test_quotes_stand_word_for_word(rated: Any) -> None:
    sections = by_key(rated["report"]["sections"])
    findings = by_key(rated["findings"], "id")
    for point in rated["accuracy"]["points"]:
        where = point["where"]
        place = sections[where["section"]] if "section" in where else findings[where["finding"]]
        assert place["text"].count(point["quote"]) == 1, point["id"]
        assert (point["new_wording"] is None) == (point["decision"] == "rejected")
        assert point["decided_by"] == rated["reviewer"]
        assert point["reason"]


def test_time_runs_forward(demo: Any) -> None:
    stages = [moment(stage["at"]) for stage in demo["stages"]]
    assert all(before < after for before, after in pairwise(stages))
    assert demo["stages"][-1]["stage"] == demo["stage_now"]
    visits = [moment(visit[end]) for visit in demo["visits"] for end in ("starts", "ends")]
    assert visits == sorted(visits)
    spans = by_key(demo["visits"], "id")
    for one in demo["observations"]:
        visit = spans[one["visit"]]
        assert moment(visit["starts"]) <= moment(one["at"]) <= moment(visit["ends"]), one["id"]
        assert one["by"] in visit["hours"], one["id"]


def test_nothing_happens_after_today_but_visits_to_come(demo: Any) -> None:
    today = story("programme")["story_today"]
    done = {**demo, "visits": [visit for visit in demo["visits"] if visit["held"]]}
    assert all(at.date() < today for at in times(done))
    for visit in demo["visits"]:
        assert visit["held"] == (moment(visit["ends"]).date() < today)


def test_everything_happens_on_working_days(rated: Any) -> None:
    assert [at for at in times(rated) if not working(at.date())] == []


def test_clocks_are_kept_but_for_those_named_late(demo: Any) -> None:
    named = {row["commitment"]: row for row in demo["late"]}
    today, journal, late = story("programme")["story_today"], events(demo), {}
    for promise in commitments():
        starts = journal.get(promise["after"], [])
        still_visiting = promise["after"] == "visit.held" and demo["stage_now"] == "fieldwork"
        if not starts or still_visiting or promise["which"] == "each":
            continue
        start = starts[0] if promise["which"] == "first" else starts[-1]
        ended = [at for at in journal.get(promise["until"], []) if at >= start]
        last_day = due(start.date(), promise["amount"], promise["unit"])
        done = ended[0].date() if ended else None
        if (done or today) > last_day:
            late[promise["key"]] = (last_day, done)
    assert late == {key: (row["due"], row["done"]) for key, row in named.items()}


def test_inspectors_looked_within_four_weeks_of_each_claim() -> None:
    demo = story("demo-1")
    updates = by_key(demo["updates"], "id")
    claims = {key for key, update in updates.items() if update["says_done"]}
    assert claims == {look["update"] for look in demo["verdicts"]}
    for look in demo["verdicts"]:
        claimed = moment(updates[look["update"]]["at"])
        assert look["given"].keys() == demo["ratings"].keys()
        for verdict in look["given"].values():
            assert claimed < moment(verdict["at"])
            assert (moment(verdict["at"]) - claimed).days <= 28


def test_the_closed_inspection_is_settled_by_two_keys() -> None:
    demo = story("demo-1")
    results = {row["recommendation"]: row["result"] for row in demo["settled"]}
    replies = {row["recommendation"]: row["reply"] for row in demo["answers"]}
    assert results.keys() == replies.keys() == {row["id"] for row in demo["recommendations"]}
    assert Counter(results.values()) == {"confirmed_fixed": 8, "declined": 2, "published_disagreement": 1}
    last_look = {look["recommendation"]: look for look in demo["verdicts"]}
    for key, result in results.items():
        assert (result == "declined") == (replies[key] == "not_accepted") == (key not in last_look)
        if result != "declined":
            fixed = sum(one["value"] == "fixed" for one in last_look[key]["given"].values())
            majority = fixed >= 2 and fixed * 2 > len(last_look[key]["given"])
            assert majority == (result == "confirmed_fixed"), key
    looks = Counter(look["look"] for look in demo["verdicts"] if results[look["recommendation"]] == "confirmed_fixed")
    assert looks == {1: 8, 2: 2}


def test_the_peer_review_waits_for_its_answers() -> None:
    demo = story("demo-3")
    assert len(demo["recommendations"]) == 6
    assert len(demo["answers"]) == 2
    assert all(answer["drafted_at"] and not answer["sent_at"] for answer in demo["answers"])


def test_the_planned_inspection_lacks_what_it_says() -> None:
    demo = story("demo-4")
    lacking = {
        "charter": not demo["charter"],
        "visits": not demo["visits"],
        "no_reviewer": not demo["reviewer"],
        "team_too_small": len(demo["team"]) < kind(demo)["team_min"],
        "no_lead_inspector": not any(member["lead"] for member in demo["team"]),
        "no_service_lead": not demo["service_people"],
    }
    assert set(demo["missing"]) == {name for name, missing in lacking.items() if missing}


def test_photos_can_be_drawn() -> None:
    count = {name: len(story(name)["photos"]) for name in DEMOS}
    assert count == {"demo-1": 6, "demo-2": 2, "demo-3": 2, "demo-4": 0}
    scenes = {photo["scene"] for name in DEMOS for photo in story(name)["photos"]}
    assert scenes == {"grit bin", "bus stop sign", "stairs", "notice board"}
