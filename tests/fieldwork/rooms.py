"""A framework whose theme is asked for each room."""

from __future__ import annotations

ROOMS = """
key: rooms-walk
version: 1
language: en
title: A walk through the house
summary: The house, and each of its rooms.
source: Made for tests.
scales:
  three:
    title: How good is it?
    points:
      - {key: poor, label: Poor, descriptor: "People are let down."}
      - {key: fair, label: Fair, descriptor: "Some things work."}
      - {key: good, label: Good, descriptor: "It works."}
themes:
  - key: house
    title: The house
    criteria:
      - {key: door, statement: {plain: The door is easy to open.}, answer: {type: yes_no}}
  - key: rooms
    title: Rooms
    each: room
    most: 3
    criteria:
      - {key: clean, statement: {plain: The room is clean.}, answer: {type: scale, scale: three}}
      - {key: beds, statement: {plain: How many beds are there?}, answer: {type: count}}
      - {key: space, statement: {plain: There is space between the beds.}, answer: {type: yes_no},
         condition: "${beds} > 1", photo: required}
      - {key: which, statement: {plain: Number of the room}, answer: {type: calculated}, calculation: "position(..)"}
  - key: end
    title: All in all
    criteria:
      - {key: all-beds, statement: {plain: All beds}, answer: {type: calculated}, calculation: "sum(${beds})"}
      - {key: why-none, statement: {plain: Why did you look at no room?}, answer: {type: text},
         condition: "count(${rooms}) = 0"}
"""
LOUNGE, HALL = "mi3xw0k2a7f1q", "mi3xw0k9zzzzz"
SAID = {
    "door": "yes",
    f"rooms--name-{LOUNGE}": "Lounge",
    f"rooms--name-{HALL}": "Hall",
    f"beds--{LOUNGE}": "2",
    f"beds--{HALL}": "1",
    f"clean--{HALL}": "poor",
}
