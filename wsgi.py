"""What a web server and ``flask --app wsgi`` start from."""

from inspect_app import create_app
from inspect_app.core.turns import Turns

app = create_app()
longest, longer = app.config["MAX_CONTENT_LENGTH"], app.config["LONGER_REQUESTS"]
app.wsgi_app = Turns(app.wsgi_app, longest, longer)  # type: ignore[method-assign]
