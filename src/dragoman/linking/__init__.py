"""Facts and mentions across reports: which of them speak of the same happening."""
