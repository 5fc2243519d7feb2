"""A framework with conditions, constraints, calculations, photos and recordings."""

from __future__ import annotations

EVERY_WAY = """
key: every-way
version: 1
language: en
title: Every way
summary: Questions that depend on others.
source: Made for tests.
themes:
  - key: lift
    title: The lift
    criteria:
      - {key: lift, statement: {plain: Is there a lift?}, answer: {type: yes_no}}
      - {key: works, statement: {plain: The lift works.}, answer: {type: yes_no_partly}, condition: "${lift} = 'yes'"}
      - {key: waited, statement: {plain: How long did you wait for it?}, answer: {type: number, unit: minutes},
         condition: "${works} = 'yes' or ${works} = 'partly'",
         constraint: ". <= 30", constraint_words: "Nobody waits that long."}
      - {key: stops, statement: {plain: How often did it stop?}, answer: {type: count}, condition: "${works} != ''"}
      - {key: all-in-all, statement: {plain: Time for each stop}, answer: {type: calculated},
         calculation: "${waited} div ${stops}", condition: "${stops} > 0"}
  - key: stairs
    title: The stairs
    condition: "${lift} = 'no'"
    criteria:
      - {key: steps, statement: {plain: How many steps are there?}, answer: {type: count}, photo: required}
      - {key: picture, statement: {plain: A picture of the stairs}, answer: {type: photo}, does_not_apply: false}
      - {key: noise, statement: {plain: What does one hear?}, answer: {type: sound}, sound: wished}
"""
