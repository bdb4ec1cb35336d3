"""What news is announced by: RSS, Atom, JSON Feed, news sitemaps, pages that are watched, and lists of them (OPML)."""
