"""French names, dates, typography, URLs: functions that know nothing of Maille."""
