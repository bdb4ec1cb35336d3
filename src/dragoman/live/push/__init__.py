"""Web Push (RFC 8030): new facts that saved searches find, told to browsers that are closed.

    store's seq --sender--> pushes in the record --sending--> a push service --> the browser's service worker

`keys.py` has the record's key (VAPID, RFC 8292), `sending.py` encrypts (RFC 8291) and sends one push, `hours.py` knows
when a reader wants to hear, `sender.py` is the loop. What a push says is made by the caller.
"""
