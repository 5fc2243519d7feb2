"""Reports: what the team found, what it asks for, and the paper that says so.

Words: a *finding* is a strength or an area for improvement, standing on observations and ratings; a *recommendation*
stands on findings; a *draft* is frozen and sent to the service; an *accuracy point* challenges one passage of it; an
*edition* is what was published, and never changes.
"""
