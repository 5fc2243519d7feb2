"""What a web server and ``flask --app wsgi`` start from."""

from inspect_app import create_app

app = create_app()
