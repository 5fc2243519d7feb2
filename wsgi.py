"""What a web server and ``flask --app wsgi`` start from."""

import gc

from inspect_app import create_app
from inspect_app.core.turns import Turns

app = create_app()
longest, longer = app.config["MAX_CONTENT_LENGTH"], app.config["LONGER_REQUESTS"]
app.wsgi_app = Turns(app.wsgi_app, longest, longer)  # type: ignore[method-assign]
# What is loaded now stays as long as the process. Python need not look through it for garbage again and again, which
# held up a page now and then by a fifth of a second.
gc.collect()
gc.freeze()
