"""A framework that asks in every way that inspectors' pages know."""

from __future__ import annotations

EVERY_ANSWER = """
key: every-answer
version: 1
language: en
title: Every answer
summary: One question of each kind.
source: Made for tests.
scales:
  two:
    title: How good is it?
    points: [{key: weak, label: Weak, descriptor: It fails.}, {key: good, label: Good, descriptor: It works.}]
lists:
  rooms:
    options: [{key: hall, label: Hall}, {key: kitchen, label: Kitchen}, {key: garden, label: Garden}]
themes:
  - key: all
    title: All of it
    criteria:
      - {key: welcome, statement: {plain: Read this before you begin.}, answer: {type: note}}
      - {key: scale, statement: {plain: People are met kindly.}, hint: Look for a smile.,
         answer: {type: scale, scale: two}}
      - {key: partly, statement: {plain: The door is wide.}, answer: {type: yes_no_partly}}
      - {key: one, statement: {plain: Where were you?}, answer: {type: one_of, list: rooms}}
      - {key: several, statement: {plain: Which rooms are clean?}, answer: {type: several_of, list: rooms}}
      - {key: rank, statement: {plain: Which room matters most?}, answer: {type: rank, list: rooms}}
      - {key: minutes, statement: {plain: How long did you wait?},
         answer: {type: number, unit: minutes, least: 0, most: 60, step: 0.5}}
      - {key: doors, statement: {plain: How many doors are there?}, answer: {type: count}}
      - {key: day, statement: {plain: On which day?}, answer: {type: date}}
      - {key: clock, statement: {plain: At what time?}, answer: {type: time}}
      - {key: moment, statement: {plain: When exactly?}, answer: {type: date_time}}
      - {key: words, statement: {plain: What did they say?}, answer: {type: text}}
"""

SENT = {
    "scale": {"value": "good"},
    "partly": {"value": "partly"},
    "one": {"value": "kitchen"},
    "several": {"value": "given", "several": ["garden", "hall"]},
    "rank": {"value": "given", "several": ["kitchen", "hall", "garden"]},
    "minutes": {"value": "given", "amount": " 12,50 "},
    "doors": {"value": "given", "amount": "3"},
    "day": {"value": "given", "amount": "2026-03-14"},
    "clock": {"value": "given", "amount": "14:30"},
    "moment": {"value": "given", "amount": "2026-03-14T09:05"},
    "words": {"value": "given", "amount": "no"},
}
"""What a form says to each question."""
KEPT = {
    "scale": ("good", "Good"),
    "partly": ("partly", "Partly"),
    "one": ("kitchen", "Kitchen"),
    "several": ("hall garden", "Hall, Garden"),
    "rank": ("kitchen hall garden", "Kitchen, Hall, Garden"),
    "minutes": ("12.5", "12.5 minutes"),
    "doors": ("3", "3"),
    "day": ("2026-03-14", "14 March 2026"),
    "clock": ("14:30", "2:30 pm"),
    "moment": ("2026-03-14T09:05", "14 March 2026, 9:05 am"),
    "words": ("no", "no"),
}
"""How each answer is kept, and how people read it."""
WRONG = {
    "one": ({"value": "attic"}, "Choose one of the answers on the page."),
    "several": ({"several": ["attic", "hall"]}, "Choose one of the answers on the page."),
    "rank": ({"several": ["hall", "kitchen"]}, "Put all of them in order."),
    "minutes": ({"amount": "61"}, "Write 60 or less."),
    "doors": ({"amount": "1e3"}, "Write a whole number, such as 7."),
    "day": ({"amount": "14 March"}, "Write a day, such as 2026-03-14."),
    "clock": ({"amount": "25:00"}, "Write a time, such as 14:30."),
    "moment": ({"amount": "2026-03-14"}, "Write a day and a time, such as 2026-03-14T14:30."),
}
"""What is refused, with the sentence."""
