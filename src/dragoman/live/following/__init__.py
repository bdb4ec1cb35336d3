"""Following feeds and pages: when each is asked, what becomes of its items, and how it is.

`rhythm` says when, `hosts` who may be asked now, `visiting` fetches, `feeds` and `articles` do one job each, `follower`
hands the jobs out, `hubs` subscribes (WebSub), `adding` finds the feed of an address, `health` tells it to people.
"""
