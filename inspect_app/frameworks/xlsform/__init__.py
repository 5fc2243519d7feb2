"""Forms of field data collection (XLSForm: ODK, KoboToolbox, Ona, SurveyCTO), in and out.

In: ``reading.read_xlsform`` gives a plain framework for a draft and a report of all that has no counterpart; nothing is
published by it. A file is opened in a process of its own with little memory and time (``isolated``), which also asks
pyxform whether the form is valid. Out: ``writing.write_xlsform`` gives a workbook that pyxform converts, and that reads
in again as the same framework: what XLSForm lacks stands in columns and a sheet that others ignore (``extra``).
"""
