"""Rules about people, as plain values."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is, for the whole programme or (service lead, service staff) for one service."""

    COORDINATOR = "coordinator"
    INSPECTOR = "inspector"
    SUPPORTER = "supporter"
    SERVICE_LEAD = "service_lead"
    SERVICE_STAFF = "service_staff"
    REVIEWER = "reviewer"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    OBSERVER = "observer"


SERVICE_ROLES = frozenset({Role.SERVICE_LEAD, Role.SERVICE_STAFF})
ROLE_NAMES = {
    Role.COORDINATOR: "Coordinator",
    Role.INSPECTOR: "Inspector",
    Role.SUPPORTER: "Supporter",
    Role.SERVICE_LEAD: "Service lead",
    Role.SERVICE_STAFF: "Service staff",
    Role.REVIEWER: "Reviewer",
    Role.SAFEGUARDING_LEAD: "Safeguarding lead",
    Role.OBSERVER: "Observer",
}
