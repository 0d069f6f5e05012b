"""kg: from news text to a graph of who did what to whom, where and when, and who says so."""
