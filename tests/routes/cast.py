"""Who is what on each inspection of the demonstration; names are those of the story."""

from __future__ import annotations

from tests.demonstration import POSTGRESQL

NOBODY = "nobody signed in"
ELSEWHERE = {
    "observer": "Robert Haig",
    "safeguarding lead": "Nadia Rahman",
    "safeguarding deputy": "Douglas Reid",
    "reviewer": "Olive Thomson",
    NOBODY: None,
}
CAST: dict[str, dict[str, str | None]] = {
    "DEMO-1": {
        "coordinator": "Helen Drummond",
        "team lead": "Ana Ferreira",
        "inspector": "Bilal Hussain",
        "inspector with a tie": "Gordon Petrie",
        "inspector of another team": "Farah Aziz",
        "supporter of another team": "Joanne Lister",
        "service lead": "Stuart Galbraith",
        "service staff": "Kenny Doyle",
        "lead of another service": "Leanne Coyle",
        "staff of another service": "Mairi Fraser",
        **ELSEWHERE,
    },
    "DEMO-2": {
        "coordinator": "Tomasz Wolski",
        "team lead": "Farah Aziz",
        "inspector": "Isla Munro",
        "inspector who has sealed": "Gordon Petrie",
        "inspector of another team": "Dougie Sinclair",
        "supporter of another team": "Joanne Lister",
        "service lead": "Leanne Coyle",
        "lead of another service": "Stuart Galbraith",
        "staff of another service": "Kenny Doyle",
        **ELSEWHERE,
    },
    "DEMO-3": {
        "coordinator": "Tomasz Wolski",
        "inspector": "Priya Nair",
        "inspector who is helped": "Moira Kelso",
        "inspector of another team": "Carol McIntyre",
        "supporter": "Joanne Lister",
        "service lead": "Ruth Abernethy",
        "service staff": "Mairi Fraser",
        "lead of another service": "Stuart Galbraith",
        "staff of another service": "Kenny Doyle",
        **ELSEWHERE,
    },
    "DEMO-4": {
        "coordinator": "Helen Drummond",
        "invited": "Bilal Hussain",
        "inspector of another team": "Ana Ferreira",
        "supporter of another team": "Joanne Lister",
        "lead of another service": "Ruth Abernethy",
        **ELSEWHERE,
    },
}
PLACES = [(reference, role) for reference, roles in CAST.items() for role in roles]
EACH_ROLE = list({role: (reference, role) for reference, role in reversed(PLACES)}.values())
WALKED = EACH_ROLE if POSTGRESQL else PLACES
"""Who walks where. Who may do what is decided the same way on every database: on PostgreSQL each role walks once."""
MOSTLY_REFUSED = ("inspector of another team", "service staff", "observer", NOBODY)
REFUSED = [one for one in EACH_ROLE if one[1] in MOSTLY_REFUSED] if POSTGRESQL else EACH_ROLE
"""Who tries what is not theirs: each role on one inspection. Who is refused is decided before anything is written, by
the same lines on every database: on PostgreSQL those try who may do nearly nothing, so that each address still
refuses somebody."""


def begins_at(places: list[tuple[str, str]], place: tuple[str, str]) -> bool:
    """Say whether this is the first of these places for the person: there they ask what is the same in all of them."""
    return place == next(one for one in places if CAST[one[0]][one[1]] == CAST[place[0]][place[1]])


PEOPLE = sorted({name for roles in CAST.values() for name in roles.values() if name})
