"""French names, dates, typography and addresses: functions that know nothing of Maille."""
