"""The teams, services and grades of social workers."""

#: Teams of social workers: their share of the posts, the service they belong to, whether on the front line.
TEAMS = {
    "front_door": (9.0, "front_door", True),
    "assessment": (17.0, "front_door", True),
    "family_safeguarding": (36.0, "safeguarding", True),
    "through_care": (22.0, "through_care", False),
    "care_leavers": (3.0, "through_care", False),
    "disabilities": (7.0, "disabilities", False),
    "fostering": (6.0, "provider_services", False),
}
SERVICES = ("front_door", "safeguarding", "through_care", "disabilities", "provider_services")
GRADES = ("social_worker", "senior_practitioner", "newly_qualified", "team_manager", "senior_manager")
