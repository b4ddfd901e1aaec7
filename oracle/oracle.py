"""Prints what supervisord makes of configurations.

usage: python oracle.py [--environ] [--node NAME] [--host] [CONF ...]

The supervisor package of this interpreter reads each CONF as supervisord does
at its start, and nothing more: no socket is opened, no file written, no
program run. The first line of the output is a JSON document about the engine;
each further line is one about a CONF, in the order of the arguments.

  --environ    take supervisord's environment from a JSON object on standard
               input, in place of the one of this process
  --node NAME  what %(host_node_name)s stands for, in place of this machine
  --host       look up users, directories and plugins on this machine, as
               supervisord does; otherwise all that could exist do

Numbers beyond 64 bits are clamped. Only what exists at run time is listed: of
two processes of one name in a group, supervisord keeps the last.
"""

import sys

# Run with -c, Python would look for modules in the working directory first.
sys.path[:] = [entry for entry in sys.path if entry]

import argparse
import json
import os
import platform
import shlex
import tempfile
import warnings

warnings.simplefilter('ignore')
tempfile.tempdir = '/tmp'  # otherwise looked for by writing files

from supervisor import datatypes, options


class Refused(Exception):
    """Carries what supervisord prints before it gives up."""


class Names(dict):
    """A table of expansions that an unnamed %s does not print in full: it
    holds the whole environment."""

    def __repr__(self):
        return '{...}'


class Account(int):
    """The number of a user or group, and how the configuration spells it."""

    text = None

    @classmethod
    def spelled(cls, number, text):
        account = cls(number)
        account.text = getattr(text, 'text', text)
        return account


class Reader(options.ServerOptions):
    """Supervisord's own reader, which remembers what came from where."""

    host = False
    named_groups = 0
    made_groups = 0

    def usage(self, msg):
        raise Refused(str(msg))

    def import_spec(self, spec):
        if self.host:
            return options.ServerOptions.import_spec(self, spec)
        return None

    def process_groups_from_parser(self, parser):
        # Supervisord makes the groups of [group:x] sections first; later
        # nothing tells them from those of [program:x].
        self.named_groups = sum(
            section.startswith('group:') for section in parser.sections())
        return options.ServerOptions.process_groups_from_parser(self, parser)

    def processes_from_section(self, parser, section, group_name, klass=None):
        made = options.ServerOptions.processes_from_section(
            self, parser, section, group_name, klass)
        for process in made:
            process.section = section
        return made


PlainGroup = options.ProcessGroupConfig


class Group(PlainGroup):
    """A group that knows whether a [group:x] made it."""

    def __init__(self, reader, name, priority, processes):
        PlainGroup.__init__(self, reader, name, priority, processes)
        reader.made_groups += 1
        self.named = reader.made_groups <= reader.named_groups


def could_be_account(text):
    try:
        number = int(text)
    except ValueError:
        if not text or any(c.isspace() or c in ':/\0' for c in text):
            raise ValueError('Invalid user name %s' % text)
        return Account.spelled(0, text)
    if not 0 <= number < 2 ** 32 - 1:  # no machine has it
        raise ValueError('Invalid user id %s' % text)
    return Account.spelled(number, text)


def could_be_path(path):
    os.path.expanduser(path)  # which refuses a NUL in the name of a user
    return path


def could_be_directory(path):
    if not path:
        raise ValueError('%s is not an existing directory' % path)
    return could_be_path(path)


def replace(name, function):
    """Replaces a function of supervisor under both names that it has."""
    setattr(datatypes, name, function)
    setattr(options, name, function)


def prepare(args):
    Reader.host = args.host
    expand, name_to_uid = options.expand, datatypes.name_to_uid
    options.expand = lambda value, names, label: expand(
        value, Names(names), label)
    if args.host:
        replace('name_to_uid',
                lambda text: Account.spelled(name_to_uid(text), text))
    else:
        replace('name_to_uid', could_be_account)
        replace('name_to_gid', could_be_account)
        replace('gid_for_uid', lambda uid: 0)
        replace('existing_directory', could_be_directory)
        replace('existing_dirpath', could_be_path)
    if args.node is not None:
        platform.node = lambda: args.node
    if args.environ:
        environ = json.load(sys.stdin)
        os.environ.clear()
        os.environ.update(environ)


def clamp(number):
    return max(-1 << 63, min(int(number), (1 << 63) - 1))


def argv(command):
    try:
        return shlex.split(command)
    except ValueError:
        return None


def autorestart(value):
    if value is datatypes.RestartUnconditionally:
        return 'true'
    if value is datatypes.RestartWhenExitUnexpected:
        return 'unexpected'
    return 'false'


def process(config):
    return {
        'name': config.name,
        'section': config.section,
        'argv': argv(config.command),
        'directory': config.directory,
        'umask': None if config.umask is None else oct(clamp(config.umask)),
        'user': None if config.uid is None else config.uid.text,
        'priority': clamp(config.priority),
        'autostart': config.autostart,
        'autorestart': autorestart(config.autorestart),
        'startsecs': clamp(config.startsecs),
        'startretries': clamp(config.startretries),
        'stopsignal': clamp(config.stopsignal),
        'stopwaitsecs': clamp(config.stopwaitsecs),
        'stopasgroup': config.stopasgroup,
        'killasgroup': config.killasgroup,
        'exitcodes': list(config.exitcodes),
        'environment': dict(config.environment),
    }


def kind(group):
    if isinstance(group, options.EventListenerPoolConfig):
        return 'eventlistener'
    if isinstance(group, options.FastCGIGroupConfig):
        return 'fcgi-program'
    return 'group' if group.named else 'program'


def accepted(groups):
    listed, names, seen = [], [], set()
    for group in groups:
        existing = {config.name: config for config in group.process_configs}
        shadowed = group.name in seen
        seen.add(group.name)
        if not shadowed:
            names += [name if name == group.name else group.name + ':' + name
                      for name in existing]
        listed.append({
            'name': group.name,
            'kind': kind(group),
            'priority': clamp(group.priority),
            'shadowed': shadowed,
            'processes': [process(config) for config in existing.values()],
        })
    return {'ok': True, 'groups': listed, 'names': names}


def answer(conf):
    reader = Reader()
    try:
        reader.realize(['-c', conf], doc='', progname='supervisord')
        return accepted(reader.process_group_configs)
    except Refused as refusal:
        return {'ok': False, 'error': str(refusal)}
    except Exception as crash:  # supervisord ends with a traceback
        return {'ok': False,
                'error': '%s: %s' % (type(crash).__name__, crash)}
    finally:
        reader.poller.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--environ', action='store_true')
    parser.add_argument('--node')
    parser.add_argument('--host', action='store_true')
    parser.add_argument('confs', nargs='*')
    args = parser.parse_args()
    prepare(args)
    options.ProcessGroupConfig = Group
    print(json.dumps({'supervisor': options.VERSION,
                      'python': '%d.%d' % sys.version_info[:2]}))
    for conf in args.confs:
        print(json.dumps(answer(conf), sort_keys=True))


main()
