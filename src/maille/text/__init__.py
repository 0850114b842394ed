"""French names, dates, typography, URLs: functions that do not depend on the rest of Maille."""
