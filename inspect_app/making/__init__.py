"""Making: questions that citizens, a service and its partners make together.

Words: a *gathering* belongs to one draft of a framework. Whoever is asked is a *voice*, on one *side*. First each voice
says in its own words what a good service does (*sayings*); coordinators put each saying beside a theme or a question.
Then the draft goes round: each voice says how much each question matters (*weights*) and may leave a *comment*, and
each comment is answered. A gathering steps from words to round to done; what was said stays with the version.
"""
