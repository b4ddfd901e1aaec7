"""Reads a configuration as supervisord does at its start, and nothing more.

Users and directories count as existing, since those of the inputs do not.
"""

import sys

from supervisor import datatypes, options

for name, function in (
    ('name_to_uid', lambda text: 0),
    ('name_to_gid', lambda text: 0),
    ('gid_for_uid', lambda uid: 0),
    ('existing_directory', lambda path: path),
    ('existing_dirpath', lambda path: path),
):
    setattr(datatypes, name, function)
    setattr(options, name, function)

options.ServerOptions().realize(
    ['-c', sys.argv[1]], doc='', progname='supervisord')
