"""Link the entries into one site: places, threads, backlinks; check the entries together."""
