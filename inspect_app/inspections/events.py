"""What can happen to an inspection: how the timeline tells it, whether the public reads it, who is mailed."""

from __future__ import annotations

from inspect_app.core.journal import Audience, EntryKind
from inspect_app.core.journal import declare as declare_kinds
from inspect_app.core.words import mark

NOBODY = (Audience.NOBODY,)
PERSON = (Audience.PERSON,)
COORDINATORS = (Audience.COORDINATORS,)
TEAM_AND_SERVICE = (Audience.TEAM, Audience.SERVICE)
ENDED_SUPPORT = (Audience.PERSON, Audience.COORDINATORS)
EVERYBODY = (Audience.COORDINATORS, Audience.TEAM, Audience.SERVICE, Audience.REVIEWERS)

STAGES = (
    EntryKind("stage.preparing", mark("{actor} ended the planning. The team and the service get ready."),
              public=True, hears=TEAM_AND_SERVICE),
    EntryKind("stage.fieldwork", mark("{actor} opened the visits. The inspectors can rate."),
              public=True, hears=TEAM_AND_SERVICE),
    EntryKind("stage.moderation", mark("{actor} opened the ratings. The team agrees on them."),
              public=True, hears=(Audience.TEAM,)),
    EntryKind("stage.writing", mark("{actor} moved it on. The team writes what it found."),
              public=True, hears=(Audience.TEAM,)),
    EntryKind("stage.checking", mark("{actor} moved it on. The service checks the facts in the draft."),
              public=True, hears=(Audience.TEAM, Audience.SERVICE, Audience.REVIEWERS)),
    EntryKind("stage.answering", mark("{actor} moved it on. The service answers each recommendation."),
              public=True, hears=TEAM_AND_SERVICE),
    EntryKind("stage.improving", mark("{actor} moved it on. The service makes things better."),
              public=True, hears=TEAM_AND_SERVICE),
    EntryKind("stage.closed", mark("{actor} closed the inspection. The loop is closed."), public=True, hears=EVERYBODY),
    EntryKind("stage.suspended", mark("{actor} put the inspection on hold."), public=True, hears=EVERYBODY),
    EntryKind("stage.resumed", mark("{actor} took the inspection up again."), public=True, hears=EVERYBODY),
    EntryKind("stage.cancelled", mark("{actor} cancelled the inspection."), public=True, hears=EVERYBODY),
)  # fmt: skip

PLAN = (
    EntryKind("inspection.created", mark("{actor} started to plan this inspection."), public=True, hears=NOBODY),
    EntryKind("inspection.changed", mark("{actor} changed the plan."), hears=NOBODY),
    EntryKind("visit.planned", mark("{actor} planned a visit for {day}."), hears=TEAM_AND_SERVICE),
    EntryKind("visit.changed", mark("{actor} changed the visit on {day}."), hears=TEAM_AND_SERVICE),
    EntryKind("visit.cancelled", mark("{actor} cancelled the visit on {day}."), hears=TEAM_AND_SERVICE),
    EntryKind("visit.held", mark("The team visited on {day}."), public=True, hears=NOBODY),
    EntryKind("document.added", mark("{actor} added a paper for the team."), hears=(Audience.TEAM,)),
    EntryKind("document.withdrawn", mark("{actor} took a paper back."), hears=NOBODY),
    EntryKind("hours.recorded", mark("{actor} recorded time for {person}."), hears=NOBODY),
)

TEAM = (
    EntryKind("member.invited", mark("{actor} asked {person} to join as {role}."), hears=PERSON),
    EntryKind("member.accepted", mark("{person} said yes and joined as {role}."), hears=COORDINATORS),
    EntryKind("member.declined", mark("{person} said no to joining."), hears=COORDINATORS),
    EntryKind("member.released", mark("{actor} released {person} from the team."), hears=PERSON),
    EntryKind("supporter.named", mark("{person} named the supporter they want."), hears=COORDINATORS, unseen=True),
    EntryKind(
        "supporter.withdrawn", mark("{person} took back whom they want as a supporter."), hears=NOBODY, unseen=True
    ),
    EntryKind(
        "supporter.agreed", mark("{actor} said yes to the supporter whom {person} wants."), hears=PERSON, unseen=True
    ),
    EntryKind(
        "supporter.refused", mark("{actor} said no to the supporter whom {person} wants."), hears=PERSON, unseen=True
    ),
    EntryKind("supporter.ended", mark("{actor} ended the support by {person}."), hears=ENDED_SUPPORT, unseen=True),
    EntryKind("conflict.declared", mark("{person} said that something ties them to the service."), hears=COORDINATORS),
    EntryKind("charter.agreed", mark("{actor} agreed to the charter."), public=True, hears=NOBODY),
    EntryKind("person.reminded", mark("{actor} reminded {person}."), hears=PERSON),
    EntryKind("wait.waived", mark("{actor} decided not to wait any longer."), hears=COORDINATORS),
)


def declare() -> None:
    """Make these kinds of entry known to the journal."""
    declare_kinds(*STAGES, *PLAN, *TEAM)
